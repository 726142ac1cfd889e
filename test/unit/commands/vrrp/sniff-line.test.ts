import assert from "node:assert/strict";
import { test } from "node:test";
import { ageText, SniffLines } from "../../../../src/commands/vrrp/sniff-line.ts";
import type { CapturePacket } from "../../../../src/core/capture/packet.ts";
import { carpFrame, claimFrame } from "../../../support/foreign.ts";
import { onEthernet } from "../../../support/link-frames.ts";
import { inIpv4, ODD_PACKETS, sealed, v3Advert } from "../../../support/odd-packets.ts";
import { fromHex } from "../../../support/packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";
import { advertPacket, B, framePacket, Onlooker } from "../../../support/sniffed.ts";
import { HMAC_ADVERTS } from "../../../vectors/hmac.ts";

const PLAIN = {
  red: (text: string) => text,
  green: (text: string) => text,
  yellow: (text: string) => text,
};
const STYLE = { paint: PLAIN, showSegment: false, showMacs: false, showSecrets: false };

function linesOf(packets: readonly CapturePacket[], style: Partial<typeof STYLE> = {}): string[] {
  const [onlooker, lines] = [new Onlooker(), new SniffLines({ ...STYLE, ...style })];
  return packets.map((packet) => lines.line(onlooker.see(packet) ?? assert.fail(), packet));
}

/** What stands from one word to before another. */
const between = (line: string | undefined, from: string, to: string): string | undefined =>
  line?.slice(line.indexOf(` ${from} `) + 1, line.lastIndexOf(` ${to}`)).trimEnd();

const CHECKSUMS: readonly [name: string, packet: CapturePacket, text: string][] = [
  ["3", advertPacket(), "cksum pseudo"],
  ["3 without pseudo-header", advertPacket({ bare: true }), "cksum bare"],
  ["2", advertPacket({ version: 2 }), "cksum ok"],
  ["3 over IPv6", advertPacket({ source: "fe80::2" }), "cksum ok"],
  [
    "one bit off",
    packetOf(
      onEthernet(inIpv4(sealed(v3Advert()).map((byte, at) => (at === 6 ? byte ^ 1 : byte)))),
      1,
    ),
    "cksum bad",
  ],
  ["cut", { ...advertPacket(), end: advertPacket().end - 2 }, "cksum unknown"],
];

for (const [name, packet, text] of CHECKSUMS)
  test(`the checksum is held against the flavours that there are: ${name}, ${text}`, () => {
    assert.match(linesOf([packet])[0] ?? "", new RegExp(` ${text} +(10|fe80|fd00|no )`));
  });

test("authentication: none, AH, a key, another type; MAC addresses when asked for", () => {
  const authOf = (packet: CapturePacket) => between(linesOf([packet])[0], "auth", "cksum");
  assert.equal(authOf(advertPacket()), "auth none");
  assert.equal(authOf(advertPacket({ version: 2, auth: { type: "ah" } })), "auth ah");
  assert.equal(authOf(packetOf(fromHex(HMAC_ADVERTS.v3Ip4[0]), 1)), "auth hmac key 1");
  const odd = packetOf(onEthernet(ODD_PACKETS["v2 with auth type 9"] as Uint8Array), 1);
  assert.equal(authOf(odd), "auth type 9");
  const [line = ""] = linesOf([advertPacket()], { showMacs: true });
  assert.ok(line.includes("02:00:00:00:00:02 > 01:00:5e:00:00:12 10.0.0.2 > 224.0.0.18"));
  const [without = ""] = linesOf([packetOf(ODD_PACKETS.v3 as Uint8Array, 101)], { showMacs: true });
  assert.ok(without.includes("no MAC > no MAC"));
});

test("a long list of addresses is cut, and what was cut counted; none is told", () => {
  const addresses = Array.from({ length: 6 }, (_, n) => `10.0.0.${n + 100}`);
  const [line = ""] = linesOf([advertPacket({ addresses })]);
  assert.match(line, / 10\.0\.0\.100,10\.0\.0\.101,10\.0\.0\.102,10\.0\.0\.103,\+2 {2}/);
  assert.match(
    linesOf([advertPacket({ version: 2, addresses: [] })])[0] ?? "",
    / no addresses {2}/,
  );
});

test("columns stay in line once one was wide", () => {
  const lines = linesOf([
    advertPacket({ source: "fe80::1:2:3:4" }),
    advertPacket(),
    advertPacket({ atMs: 1000 }),
  ]);
  const places = lines.map((line) => line.indexOf(" v3 "));
  assert.equal(new Set(places).size, 1);
});

test("what was made once is made anew when something else is concluded", () => {
  const onlooker = new Onlooker();
  const lines = new SniffLines(STYLE);
  const say = (packet: CapturePacket) => lines.line(onlooker.see(packet) ?? assert.fail(), packet);
  assert.match(say(advertPacket()), /master 0s +ok$/);
  assert.match(say(advertPacket({ atMs: 2000 })), /master 2s +ok$/);
  say(advertPacket({ source: B, atMs: 2500 }));
  assert.match(say(advertPacket({ atMs: 3000 })), /master 10\.0\.0\.3 0s +SECOND MASTER/);
});

test("an age is in whole seconds, also of days", () => {
  assert.deepEqual([0, 999, 1000, 61_500, 3 * 86_400_000 + 5000, -5].map(ageText), [
    "0s",
    "0s",
    "1s",
    "1m1s",
    "3d5s",
    "0s",
  ]);
});

test("other packets have lines of their own", () => {
  const claim = framePacket(claimFrame("10.0.0.100", "02:00:00:00:00:77"));
  const broken = packetOf(onEthernet(ODD_PACKETS["7 bytes"] as Uint8Array), 1);
  const packets = [advertPacket(), claim, framePacket(carpFrame("10.0.0.9", 7)), broken];
  const lines = linesOf(packets, { showSegment: true }).map((line) =>
    line.replace(/^\S+ /, "").split(/ {2,}/),
  );
  assert.deepEqual(lines.slice(1), [
    [
      "eth0 ARP gratuitous: 10.0.0.100 is at 02:00:00:00:00:77",
      "vrid 51",
      "10.0.0.100 claimed by 02:00:00:00:00:77, master is 10.0.0.2 (02:00:00:00:00:02)",
    ],
    ["eth0 10.0.0.9 > 224.0.0.18", "CARP vhid 7", "advbase 1s", "advskew 100", "ttl 255", "ok"],
    ["10.0.0.1 > 224.0.0.18", "VRRP that cannot be read", "short"],
  ]);
});
