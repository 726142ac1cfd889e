import assert from "node:assert/strict";
import { test } from "node:test";
import { checksumFlavour, readSniffed } from "../../../../src/proto/sniff/sniffed-advert.ts";
import { onEthernet } from "../../../support/link-frames.ts";
import {
  EXTENSION,
  inAuthenticatedIpv4,
  inIpv4,
  inIpv6,
  ODD_PACKETS,
  patched,
  sealed,
  v2Advert,
  v3Advert,
  v3Advert6,
} from "../../../support/odd-packets.ts";
import { fromHex } from "../../../support/packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";
import { advertPacket, flawsOf, type Said, seenOf, sniffed } from "../../../support/sniffed.ts";
import { HMAC_ADVERTS } from "../../../vectors/hmac.ts";

const onWire = (packet: Uint8Array, wireBytes?: number) => {
  const frame = onEthernet(packet);
  return packetOf(frame, 1, wireBytes ?? frame.length);
};
const trailing = (message: Uint8Array, more: number) =>
  Uint8Array.of(...message, ...new Uint8Array(more).fill(5));

test("an advert has the names of its parts", () => {
  const said: Said = { source: "fe80::2", priority: 90, intervalMs: 250, addresses: ["fe80::100"] };
  const { sourceIp: _, checksum, ...advert } = sniffed(said);
  assert.deepEqual(advert, {
    segment: "eth0",
    vrid: 51,
    family: 6,
    version: 3,
    source: "fe80::2",
    destination: "ff02::12",
    sourceMac: "02:00:00:00:00:02",
    destinationMac: "33:33:00:00:00:12",
    ttl: 255,
    priority: 90,
    intervalMs: 250,
    auth: { kind: "none" },
    addresses: ["fe80::100"],
  });
  assert.deepEqual([checksum.pseudoHeader, checksum.bare], [true, false]);
  const raw = readSniffed(seenOf(packetOf(inIpv4(v3Advert()), 101)), "");
  assert.deepEqual([raw.advert.sourceMac, raw.advert.destinationMac], [null, null]);
});

const RIGHT: readonly [name: string, packet: ReturnType<typeof onWire>][] = [
  ["version 3", advertPacket()],
  ["version 3 with the bare checksum", advertPacket({ bare: true })],
  ["version 3 over IPv6", advertPacket({ source: "fe80::2" })],
  ["version 2", advertPacket({ version: 2 })],
  ["version 2 without addresses", advertPacket({ version: 2, addresses: [] })],
  ["version 2 in AH", onWire(inAuthenticatedIpv4(v2Advert(1, { type: "ah" })))],
  ["IP options", onWire(ODD_PACKETS["IP options"] as Uint8Array)],
  ["an extension header", onWire(inIpv6(v3Advert6(), [EXTENSION.hopByHop]))],
  ["unicast of any TTL", advertPacket({ destination: "10.0.0.9", ttl: 3 })],
  ["keepalived's trailer", packetOf(fromHex(HMAC_ADVERTS.v3Ip4[0]), 1)],
];

for (const [name, packet] of RIGHT)
  test(`nothing is wrong: ${name}`, () => assert.deepEqual(flawsOf(packet), []));

const odd = (name: string) => onWire(ODD_PACKETS[name] as Uint8Array);
const FLAWS: readonly [packet: ReturnType<typeof onWire>, ...flaws: readonly string[]][] = [
  [odd("a bad IP checksum"), "bad-ip-checksum bad: IP header checksum bad"],
  [
    odd("an IP length that is too long"),
    "bad-ip-checksum bad: IP header checksum bad",
    "bad-ip-length bad: IP length wrong",
  ],
  [odd("ttl 1"), "ttl-not-255 bad: ttl 1, not 255"],
  [advertPacket({ source: "fe80::2", ttl: 64 }), "ttl-not-255 bad: ttl 64, not 255"],
  [odd("v1"), "bad-version bad: version 1: obsolete, believed by nobody"],
  [
    odd("v15"),
    "bad-version bad: version 15: unknown",
    "bad-type bad: type 15, not 1",
    "bad-checksum bad: checksum bad",
  ],
  [onWire(inIpv4(sealed(patched(v2Advert(), 0, 0x22)))), "bad-type bad: type 2, not 1"],
  [onWire(inIpv4(v3Advert(), { ttl: 254 }), 40), "ttl-not-255 bad: ttl 254, not 255"],
  [odd("v3 with a bad checksum"), "bad-checksum bad: checksum bad"],
  [onWire(inIpv6(sealed(v3Advert6()))), "bad-checksum bad: checksum bad"],
  [
    onWire(inIpv4(sealed(trailing(v3Advert(), 3)))),
    "unknown-trailer bad: unknown trailer, length 3",
  ],
  [
    onWire(inIpv4(sealed(patched(v2Advert(), 4, 9)))),
    "bad-auth-type bad: authentication type 9 unknown",
  ],
  [onWire(inIpv4(sealed(patched(v2Advert(), 1, 0)))), "bad-vrid bad: VRID 0"],
  [onWire(inIpv4(sealed(patched(v2Advert(), 5, 0)))), "bad-interval bad: interval 0"],
  [
    onWire(inIpv4(sealed(patched(v3Advert(1), 3, 0).slice(0, 8)))),
    "no-addresses bad: no addresses",
  ],
  [onWire(inIpv4(sealed(patched(v3Advert(1), 3, 2)))), "short bad: 4 of its bytes missing"],
];

for (const [packet, ...flaws] of FLAWS)
  test(`what is wrong: ${flaws.join(", ")}`, () => assert.deepEqual(flawsOf(packet), flaws));

test("of what was cut by the capture nothing is said but that", () => {
  const frame = onEthernet(inIpv4(v3Advert()));
  const cut = { ...packetOf(frame, 1), end: frame.length - 2 };
  assert.deepEqual(flawsOf(cut), ["cut note: captured in part"]);
});

test("a trailer that was cut is not called unknown", () => {
  const packet = packetOf(fromHex(HMAC_ADVERTS.v3Ip4[0]), 1);
  assert.deepEqual(flawsOf({ ...packet, end: packet.end - 4 }), ["cut note: captured in part"]);
});

test("version 2 over IPv6 is believed by some", () => {
  assert.deepEqual(flawsOf(onWire(inIpv6(sealed(v2Advert(0))))), [
    "bad-version warn: version 2 over IPv6: not standard",
  ]);
});

test("authentication is none, a password, AH, HMAC with its key, or unknown", () => {
  const authOf = (packet: ReturnType<typeof onWire>) => readSniffed(seenOf(packet), "").advert.auth;
  const v2 = (auth: Said["auth"]) => authOf(advertPacket({ version: 2, ...(auth && { auth }) }));
  assert.deepEqual(authOf(advertPacket()), { kind: "none" });
  assert.deepEqual(v2({ type: "none" }), { kind: "none" });
  assert.deepEqual(v2({ type: "ah" }), { kind: "ah" });
  assert.deepEqual(authOf(odd("v2 with auth type 9")), { kind: "unknown", type: 9 });
  assert.deepEqual(v2({ type: "pass", password: fromHex("7300 6b") }), {
    kind: "simple",
    password: fromHex("73006b"), // padding is cut, what stands before it is not
  });
  const [signed] = HMAC_ADVERTS.v3Ip4Key7;
  assert.deepEqual(authOf(packetOf(fromHex(signed), 1)), { kind: "hmac", keyId: 7 });
});

test("a checksum is right with the pseudo-header, bare, both, bad or unknown", () => {
  const flavour = (pseudoHeader: boolean | null, bare: boolean | null) =>
    checksumFlavour({ value: 0, pseudoHeader, bare });
  assert.deepEqual(
    [flavour(true, false), flavour(false, true), flavour(true, true), flavour(false, false)],
    ["pseudo-header", "bare", "both", "bad"],
  );
  assert.deepEqual(
    [flavour(null, true), flavour(null, false), flavour(null, null)],
    ["bare", "bad", "unknown"],
  );
});
