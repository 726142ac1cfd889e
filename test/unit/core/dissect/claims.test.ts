import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp, formatMac } from "../../../../src/core/addr.ts";
import { arpClaim, type Claim, ndpClaim } from "../../../../src/core/dissect/claims.ts";
import {
  arpProbe,
  encodeArp,
  gratuitousArp,
  rarpAnnouncement,
} from "../../../../src/core/wire/arp.ts";
import { ALL_NODES, encodeNdp, solicitedNodeGroup } from "../../../../src/core/wire/ndp.ts";
import { ip, ipv6In, mac, payloadIn } from "../../../support/packets.ts";
import { ARPING, KEEPALIVED, LINUX } from "../../../vectors/frames.ts";

const MAC = mac("02:00:00:00:00:01");
const OTHER = mac("02:00:00:00:00:02");
const told = (claim: Claim | undefined) =>
  claim && `${formatIp(claim.ip)} ${formatMac(claim.mac)} ${claim.manner}`;

const arp = (changes: object, toAll = false) =>
  told(
    arpClaim(
      encodeArp({
        operation: "request",
        senderMac: MAC,
        senderIp: ip("10.0.0.1"),
        targetMac: OTHER,
        targetIp: ip("10.0.0.2"),
        ...changes,
      }),
      toAll,
    ),
  );
const ndp = (frame: string, sender: Uint8Array | null = MAC) => {
  const { payload, hopLimit, ...carrier } = ipv6In(frame);
  return told(ndpClaim(payload, carrier, hopLimit, sender));
};

test("ARP announcements of either form tell everybody", () => {
  for (const form of ["request", "reply"] as const) {
    const announcement = encodeArp(gratuitousArp(ip("10.0.0.100"), MAC, form));
    assert.equal(told(arpClaim(announcement, false)), "10.0.0.100 02:00:00:00:00:01 gratuitous");
  }
  const frame = payloadIn(ARPING.unsolicited);
  assert.equal(told(arpClaim(frame, true)), "10.0.0.1 02:00:00:00:00:01 gratuitous");
});

test("an ARP reply tells one neighbour, or everybody where it goes to all", () => {
  assert.equal(arp({ operation: "reply" }), "10.0.0.1 02:00:00:00:00:01 answer");
  assert.equal(arp({ operation: "reply" }, true), "10.0.0.1 02:00:00:00:00:01 gratuitous");
});

test("an ARP request mentions the address of who asks", () => {
  assert.equal(arp({}, true), "10.0.0.1 02:00:00:00:00:01 question");
});

test("a probe, a reverse request and junk claim nothing", () => {
  assert.equal(arpClaim(encodeArp(arpProbe(ip("10.0.0.9"), MAC)), true), undefined);
  assert.equal(arpClaim(encodeArp(rarpAnnouncement(MAC)), true), undefined);
  assert.equal(arp({ operation: "reverse-reply" }), undefined);
  assert.equal(arpClaim(new Uint8Array(27), true), undefined);
});

test("neighbour advertisements to all and to one", () => {
  const { unsolicitedAdvertisement } = KEEPALIVED;
  assert.equal(ndp(unsolicitedAdvertisement), "fe80::6 02:00:00:00:00:01 gratuitous");
  assert.equal(ndp(LINUX.neighbourAdvertisement), "fd00::2 02:00:00:00:00:02 answer");
});

test("a solicitation mentions the address of who asks, duplicate detection claims nothing", () => {
  assert.equal(ndp(LINUX.neighbourSolicitation), "fd00::1 02:00:00:00:00:01 question");
  assert.equal(ndp(LINUX.duplicateDetection), undefined);
});

test("without a link-layer address the sender's counts, where the link has one", () => {
  const carrier = { source: ip("fd00::2"), destination: ALL_NODES };
  const message = encodeNdp(
    {
      kind: "advertisement",
      router: false,
      solicited: false,
      override: true,
      target: ip("fd00::2"),
      targetMac: undefined,
    },
    carrier,
  );
  assert.equal(
    told(ndpClaim(message, carrier, 255, OTHER)),
    "fd00::2 02:00:00:00:00:02 gratuitous",
  );
  assert.equal(ndpClaim(message, carrier, 255, null), undefined);
});

test("neighbour discovery from afar or with a bad checksum claims nothing", () => {
  const { payload, ...carrier } = ipv6In(LINUX.neighbourSolicitation);
  assert.equal(ndpClaim(payload, carrier, 254, MAC), undefined);
  const elsewhere = { ...carrier, destination: solicitedNodeGroup(ip("fd00::9")) };
  assert.equal(ndpClaim(payload, elsewhere, 255, MAC), undefined);
});
