import assert from "node:assert/strict";
import { test } from "node:test";
import { compileFilter } from "../../../../src/core/bpf.ts";
import { isSniffed } from "../../../../src/core/wire/onlooker-filter.ts";
import { runFilter } from "../../../support/bpf.ts";
import { onEthernet } from "../../../support/link-frames.ts";
import {
  carpAdvert,
  EXTENSION,
  inAuthenticatedIpv4,
  inIpv4,
  inIpv6,
  patched,
  v2Advert,
  v3Advert,
  v3Advert6,
} from "../../../support/odd-packets.ts";
import { fromHex } from "../../../support/packets.ts";
import { ARPING, KEEPALIVED, LINUX } from "../../../vectors/frames.ts";

const PROGRAM = compileFilter(isSniffed);
const [ETHERNET, LOOPBACK, NONE] = [1, 772, 65534]; // ARPHRD_* of linux/if_arp.h
const QINQ = [
  [0x88a8, 5],
  [0x8100, 6],
] as const;
const V4 = inIpv4(v3Advert());
const V6 = inIpv6(v3Advert6());
const TCP = inIpv4(v3Advert(), { protocol: 6 });
const ESP_IN_AH = patched(inAuthenticatedIpv4(v2Advert()), 20, 50);
const MLD = inIpv6(fromHex("8f00000000000001"), [EXTENSION.hopByHop], 58);

const isKept = (frame: Uint8Array, hardwareType = ETHERNET): boolean =>
  runFilter(PROGRAM, frame, { hardwareType });

const KEPT: Readonly<Record<string, Uint8Array>> = {
  "VRRP over IPv4": onEthernet(V4),
  "VRRP over IPv6": onEthernet(V6),
  "IP options": onEthernet(inIpv4(v3Advert(), { options: fromHex("94040000") })),
  "an authentication header": onEthernet(inAuthenticatedIpv4(v2Advert())),
  CARP: onEthernet(inIpv4(carpAdvert())),
  "a later fragment": onEthernet(inIpv4(v2Advert(7), { fragmentOffset: 48 })),
  ...Object.fromEntries(
    Object.entries(EXTENSION).map(([name, one]) => [name, onEthernet(inIpv6(v3Advert6(), [one]))]),
  ),
  "a VLAN tag": onEthernet(V4, [0x8100, 5]),
  "a VLAN tag, IPv6": onEthernet(V6, [0x8100, 5]),
  "a VLAN tag of 802.1ad": onEthernet(V4, [0x88a8, 5]),
  "a VLAN tag as before 802.1ad": onEthernet(V4, [0x9100, 5]),
  "two tags": onEthernet(V4, ...QINQ),
  "two tags, IPv6, an extension header": onEthernet(
    inIpv6(v3Advert6(), [EXTENSION.destinationOptions]),
    ...QINQ,
  ),
  ...Object.fromEntries(
    Object.entries({ ...KEEPALIVED, ...ARPING }).map(([name, hex]) => [name, fromHex(hex)]),
  ),
  neighbourSolicitation: fromHex(LINUX.neighbourSolicitation),
  neighbourAdvertisement: fromHex(LINUX.neighbourAdvertisement),
  arpRequest: fromHex(LINUX.arpRequest),
  "ARP behind a tag": tagged(fromHex(LINUX.arpRequest)),
  "a neighbour behind a tag": tagged(fromHex(LINUX.neighbourAdvertisement)),
};

const DROPPED: Readonly<Record<string, Uint8Array>> = {
  TCP: onEthernet(TCP),
  "TCP behind a tag": onEthernet(TCP, [0x8100, 5]),
  "ESP in an authentication header": onEthernet(ESP_IN_AH),
  "reports of group members": onEthernet(MLD),
  "an echo reply": fromHex(LINUX.echoReply),
  "an echo reply of IPv6": fromHex(LINUX.echoReply6),
  "another protocol behind an extension header": onEthernet(
    inIpv6(v3Advert6(), [EXTENSION.routing], 17),
  ),
  "three tags": onEthernet(V4, ...QINQ, [0x8100, 7]),
  "another EtherType": patched(onEthernet(V4), 12, 0x88, 0xb5),
  "no more than an Ethernet header": onEthernet(V4).slice(0, 14),
  nothing: new Uint8Array(),
};

for (const [name, frame] of Object.entries(KEPT))
  test(`kept: ${name}`, () => {
    assert.ok(isKept(frame));
    assert.ok(isKept(frame, LOOPBACK));
  });

for (const [name, frame] of Object.entries(DROPPED))
  test(`dropped: ${name}`, () => {
    assert.ok(!isKept(frame));
    assert.ok(!isKept(frame, NONE));
  });

test("an interface without a link header has IP packets alone", () => {
  for (const hardwareType of [519, 768, 769, 776, NONE]) {
    assert.ok(isKept(V4, hardwareType), `${hardwareType}`);
    assert.ok(isKept(V6, hardwareType));
    assert.ok(isKept(inAuthenticatedIpv4(v2Advert()), hardwareType));
    assert.ok(isKept(inIpv6(v3Advert6(), [EXTENSION.routing]), hardwareType));
    for (const packet of [TCP, MLD, ESP_IN_AH]) assert.ok(!isKept(packet, hardwareType));
    assert.ok(!isKept(onEthernet(V4), hardwareType)); // no IP version where one should be
  }
});

test("any of the 16 lengths of an IPv4 header and traffic classes of IPv6 will do there", () => {
  for (let low = 0; low < 16; low += 1) {
    assert.ok(isKept(patched(V4, 0, 0x40 + low), NONE));
    assert.ok(isKept(patched(V6, 0, 0x60 + low), NONE));
    assert.ok(!isKept(patched(V4, 0, 0x50 + low), NONE));
  }
});

test("other hardware has nothing that could be read", () => {
  for (const hardwareType of [0, 32, 512, 801, 803]) {
    assert.ok(!isKept(onEthernet(V4), hardwareType), `${hardwareType}`);
    assert.ok(!isKept(V4, hardwareType));
  }
});

/** The same frame of VLAN 5. */
function tagged(frame: Uint8Array): Uint8Array {
  return Uint8Array.of(...frame.subarray(0, 12), 0x81, 0, 0, 5, ...frame.subarray(12));
}
