import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp, formatMac } from "../../../../src/core/addr.ts";
import { LINKTYPE } from "../../../../src/core/capture/link-type.ts";
import { dissect } from "../../../../src/core/dissect/frame.ts";
import type { Seen } from "../../../../src/core/dissect/seen.ts";
import { onEthernet, onEveryLink } from "../../../support/link-frames.ts";
import {
  carpAdvert,
  inIpv4,
  inIpv6,
  ODD_PACKETS,
  patched,
  v2Advert,
  v3Advert,
} from "../../../support/odd-packets.ts";
import { fromHex, toHex } from "../../../support/packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";
import { HAND_MADE, KEEPALIVED, LINUX } from "../../../vectors/frames.ts";
import { HMAC_ADVERTS } from "../../../vectors/hmac.ts";

const seenIn = (frame: Uint8Array, wireBytes = frame.length): Seen | undefined =>
  dissect(packetOf(frame, LINKTYPE.ethernet, wireBytes));

function only<Kind extends Seen["kind"]>(seen: Seen | undefined, kind: Kind) {
  assert.ok(seen?.kind === kind, `${seen?.kind}`);
  return seen as Seen & { kind: Kind };
}

test("an advert of keepalived, from its frame down", () => {
  const seen = only(seenIn(fromHex(KEEPALIVED.v2Ah)), "vrrp");
  assert.equal(formatMac(seen.sourceMac ?? new Uint8Array()), "02:00:00:00:00:01");
  assert.equal(formatMac(seen.destinationMac ?? new Uint8Array()), "01:00:5e:00:00:12");
  assert.deepEqual([formatIp(seen.source), formatIp(seen.destination)], ["10.0.0.1", "224.0.0.18"]);
  const { vlans, family, ttl, authenticated, ipFlaws } = seen;
  assert.deepEqual(
    { vlans, family, ttl, authenticated, ipFlaws },
    {
      vlans: [],
      family: 4,
      ttl: 255,
      authenticated: true,
      ipFlaws: [],
    },
  );
  assert.equal(toHex(seen.message), "2109960102013c870a00006d0000000000000000");
  assert.deepEqual([seen.vrrp.vrid, seen.vrrp.checksum.bare], [9, true]);
});

test("the same message on every link type", () => {
  for (const name of ["v2 with a password", "v3", "v3 over IPv6", "v2 in AH"]) {
    const packet = ODD_PACKETS[name] as Uint8Array;
    const { vrrp, message } = only(seenIn(onEthernet(packet)), "vrrp");
    for (const { way, linkType, frame } of onEveryLink(packet)) {
      const seen = only(dissect(packetOf(frame, linkType)), "vrrp");
      assert.deepEqual([seen.vrrp, seen.message], [vrrp, message], `${name}, ${linkType}, ${way}`);
    }
  }
});

test("padding of the medium is no trailer, keepalived's HMAC is one", () => {
  const padded = only(seenIn(fromHex(KEEPALIVED.v2)), "vrrp");
  assert.equal(padded.vrrp.trailer.length, 0);
  for (const frame of Object.values(HMAC_ADVERTS).flat()) {
    assert.equal(only(seenIn(fromHex(frame)), "vrrp").vrrp.trailer.length, 28);
  }
});

test("VLANs around an advert and around ARP", () => {
  const tagged = onEthernet(inIpv4(v3Advert()), [0x88a8, 7], [0x8100, 8]);
  assert.deepEqual(only(seenIn(tagged), "vrrp").vlans, [7, 8]);
  const claim = only(seenIn(fromHex(HAND_MADE.stackedVlans)), "claim");
  assert.deepEqual([claim.vlans, claim.manner], [[7, 8], "gratuitous"]);
});

test("a packet that was cut: the message as far as it goes, its checksum unknown", () => {
  const frame = onEthernet(inIpv4(v3Advert()));
  const seen = only(seenIn(frame.slice(0, -2), frame.length), "vrrp");
  assert.equal(seen.message.length, 14);
  assert.deepEqual(seen.vrrp.checksum, { value: 0x6bcf, bare: null, pseudoHeader: null });
  assert.deepEqual([seen.ipFlaws, seen.vrrp.missingBytes], [[], 2]);
});

test("an IP length that lies: the checksum is that of what was on the wire", () => {
  const seen = only(seenIn(onEthernet(patched(inIpv4(v3Advert()), 2, 4, 0))), "vrrp");
  assert.deepEqual([seen.ipFlaws.at(-1), seen.vrrp.checksum.pseudoHeader], ["bad-ip-length", true]);
});

test("CARP over either family, told apart from 7 addresses of VRRP", () => {
  for (const packet of [inIpv4(carpAdvert()), inIpv6(carpAdvert())]) {
    const { vhid, advskew, advbase, checksumOk, ttl } = only(seenIn(onEthernet(packet)), "carp");
    assert.deepEqual([vhid, advskew, advbase, checksumOk, ttl], [7, 100, 1, true, 255]);
  }
  const advert = only(seenIn(onEthernet(inIpv4(v2Advert(7)))), "vrrp");
  assert.equal(advert.vrrp.addresses.length, 7);
});

test("what is broken says where it came from, as far as that is there", () => {
  const brokenOf = (frame: Uint8Array) => {
    const { code, source, destination } = only(seenIn(frame, 100), "broken");
    return [code, source && formatIp(source), destination && formatIp(destination)];
  };
  const whole = onEthernet(inIpv4(v3Advert()));
  assert.deepEqual(brokenOf(whole.slice(0, 41)), ["short", "10.0.0.1", "224.0.0.18"]);
  assert.deepEqual(brokenOf(whole.slice(0, 30)), ["short", "10.0.0.1", null]);
  assert.deepEqual(brokenOf(whole.slice(0, 24)), ["short", null, null]);
  const fragment = onEthernet(inIpv4(v3Advert(), { moreFragments: true }));
  assert.deepEqual(brokenOf(fragment), ["fragment", "10.0.0.1", "224.0.0.18"]);
  const odd = (name: string) => onEthernet(ODD_PACKETS[name] as Uint8Array);
  assert.equal(brokenOf(odd("7 bytes over IPv6"))[0], "short");
  assert.equal(brokenOf(odd("an IP header of 16 bytes"))[0], "bad-ip-header");
  assert.equal(brokenOf(odd("behind an extension header that is longer than all"))[0], "short");
});

test("who claims an address by ARP and by neighbour discovery", () => {
  const claimOf = (frame: string) => {
    const { family, ip, mac, manner } = only(seenIn(fromHex(frame)), "claim");
    return `IPv${family} ${formatIp(ip)} ${formatMac(mac)} ${manner}`;
  };
  assert.equal(claimOf(KEEPALIVED.gratuitousArp), "IPv4 10.0.0.105 02:00:00:00:00:01 gratuitous");
  assert.equal(
    claimOf(KEEPALIVED.unsolicitedAdvertisement),
    "IPv6 fe80::6 02:00:00:00:00:01 gratuitous",
  );
  assert.equal(claimOf(LINUX.neighbourSolicitation), "IPv6 fd00::1 02:00:00:00:00:01 question");
});

test("an ARP reply to all tells everybody", () => {
  const reply = fromHex(KEEPALIVED.gratuitousArp);
  reply.set([0, 2], 20);
  reply.set([10, 0, 0, 9], 38);
  assert.equal(only(seenIn(reply), "claim").manner, "gratuitous");
  reply.set([0x02, 0, 0, 0, 0, 2]);
  assert.equal(only(seenIn(reply), "claim").manner, "answer");
});

test("what is none of ours", () => {
  assert.equal(seenIn(onEthernet(inIpv4(v3Advert(), { protocol: 17 }))), undefined);
  assert.equal(seenIn(fromHex(LINUX.listenerReport)), undefined);
  assert.equal(seenIn(fromHex(LINUX.echoRequest6)), undefined);
  assert.equal(seenIn(fromHex(LINUX.duplicateDetection)), undefined);
  assert.equal(seenIn(fromHex(HAND_MADE.rarpAnnouncement)), undefined);
  assert.equal(seenIn(new Uint8Array()), undefined);
  assert.equal(dissect(packetOf(onEthernet(inIpv4(v3Advert())), 105)), undefined);
});
