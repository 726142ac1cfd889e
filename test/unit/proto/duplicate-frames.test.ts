import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp, formatMac, parseIp, parseMac } from "../../../src/core/addr.ts";
import { decodeArp, encodeArp, gratuitousArp } from "../../../src/core/wire/arp.ts";
import {
  decodeEthernet,
  ETHER_TYPE,
  encodeEthernet,
  multicastMac,
} from "../../../src/core/wire/ethernet.ts";
import { encodeIpv6 } from "../../../src/core/wire/ipv6.ts";
import {
  ALL_NODES,
  encodeNdp,
  type NdpMessage,
  unsolicitedAdvertisement,
} from "../../../src/core/wire/ndp.ts";
import { decodeClaim, probeFrame, questionFrame } from "../../../src/proto/duplicate-frames.ts";

const ip = (text: string) => parseIp(text) as Uint8Array;
const OWN = parseMac("02:00:00:00:00:01") as Uint8Array;
const OTHER = parseMac("02:00:00:00:00:02") as Uint8Array;

const frame = (etherType: number, payload: Uint8Array) =>
  encodeEthernet({ destination: OWN, source: OTHER, tags: [], etherType, payload });
const ndpFrame = (message: NdpMessage, source: string, hopLimit = 255) => {
  const carrier = { source: ip(source), destination: ALL_NODES };
  const none = { trafficClass: 0, flowLabel: 0, extensions: [] };
  const payload = encodeNdp(message, carrier);
  return frame(
    ETHER_TYPE.ipv6,
    encodeIpv6({ ...none, ...carrier, hopLimit, protocol: 58, payload }),
  );
};
const claimed = (bytes: Uint8Array): string | undefined => {
  const claim = decodeClaim(bytes);
  return claim && `${formatIp(claim.ip)} ${formatMac(claim.mac)}`;
};

test("an IPv4 address is asked for without naming a sender, so that no cache learns it", () => {
  const ethernet = decodeEthernet(probeFrame(ip("192.0.2.1"), OWN));
  assert.ok(ethernet.ok);
  assert.equal(formatMac(ethernet.value.destination), "ff:ff:ff:ff:ff:ff");
  const arp = decodeArp(ethernet.value.payload);
  assert.ok(arp.ok);
  assert.deepEqual([arp.value.senderIp, arp.value.targetIp], [ip("0.0.0.0"), ip("192.0.2.1")]);
});

test("an IPv6 address is asked for at its solicited-node group", () => {
  const ethernet = decodeEthernet(probeFrame(ip("2001:db8::ab:cdef"), OWN));
  assert.ok(ethernet.ok);
  assert.deepEqual(ethernet.value.destination, multicastMac(ip("ff02::1:ffab:cdef")));
});

test("the probe of another host is a claim, of both families", () => {
  assert.equal(claimed(probeFrame(ip("192.0.2.1"), OTHER)), "192.0.2.1 02:00:00:00:00:02");
  assert.equal(claimed(probeFrame(ip("2001:db8::1"), OTHER)), "2001:db8::1 02:00:00:00:00:02");
});

test("any ARP packet from an address claims it", () => {
  for (const form of ["request", "reply"] as const) {
    const arp = encodeArp(gratuitousArp(ip("192.0.2.1"), OTHER, form));
    assert.equal(claimed(frame(ETHER_TYPE.arp, arp)), "192.0.2.1 02:00:00:00:00:02");
  }
});

test("an advertisement claims its target, a solicitation the address that it comes from", () => {
  const advertisement = unsolicitedAdvertisement(ip("2001:db8::1"), OTHER, false);
  const bytes = ndpFrame(advertisement, "2001:db8::1");
  assert.equal(claimed(bytes), "2001:db8::1 02:00:00:00:00:02");
  const question = { kind: "solicitation", target: ip("2001:db8::1"), sourceMac: OTHER } as const;
  assert.equal(claimed(ndpFrame(question, "2001:db8::9")), "2001:db8::9 02:00:00:00:00:02");
});

test("a neighbour's question claims the address of who asks, not the one that is asked for", () => {
  const asker = { ip: ip("192.0.2.9"), mac: OTHER };
  assert.equal(claimed(questionFrame(ip("192.0.2.1"), asker)), "192.0.2.9 02:00:00:00:00:02");
  const asker6 = { ip: ip("fe80::9"), mac: OTHER };
  assert.equal(claimed(questionFrame(ip("2001:db8::1"), asker6)), "fe80::9 02:00:00:00:00:02");
});

test("an advertisement that came from afar is not believed", () => {
  const advertisement = unsolicitedAdvertisement(ip("2001:db8::1"), OTHER, false);
  assert.equal(claimed(ndpFrame(advertisement, "2001:db8::1", 254)), undefined);
});

test("junk claims nothing", () => {
  assert.equal(claimed(new Uint8Array()), undefined);
  assert.equal(claimed(frame(ETHER_TYPE.arp, new Uint8Array(3))), undefined);
  assert.equal(claimed(frame(ETHER_TYPE.ipv6, new Uint8Array(50))), undefined);
  assert.equal(claimed(frame(ETHER_TYPE.ipv4, new Uint8Array(50))), undefined);
});
