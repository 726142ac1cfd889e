import assert from "node:assert/strict";
import { test } from "node:test";
import { carpFrame, claimFrame } from "../../../support/foreign.ts";
import { onEthernet, onSll, onSll2 } from "../../../support/link-frames.ts";
import { ODD_PACKETS, patched } from "../../../support/odd-packets.ts";
import { fromHex } from "../../../support/packets.ts";
import { packetOf } from "../../../support/pcap-file.ts";
import {
  A,
  advertPacket,
  B,
  C,
  framePacket,
  Onlooker,
  type Said,
  START_MS,
} from "../../../support/sniffed.ts";
import { LINUX } from "../../../vectors/frames.ts";

const VIP = "10.0.0.100";

test("an advert that is right: who says it, on which segment, from where to where", () => {
  const onlooker = new Onlooker();
  const { segment, direction, reasons, router, speaker, advert } = onlooker.hear({
    direction: "out",
  });
  assert.deepEqual([segment, direction, reasons], ["eth0", "out", []]);
  assert.equal(router.master, speaker);
  assert.equal(advert.source, A);
  const [change] = onlooker.changes;
  const { segment: itsSegment, vrid, family, atMs } = change ?? assert.fail();
  assert.deepEqual([itsSegment, vrid, family, atMs], ["eth0", 51, 4, START_MS]);
  assert.deepEqual(onlooker.take(), [`0 new-master ${A} 100 ${VIP} first - -`]);
});

test("each VRID, family, interface and VLAN is a virtual router of its own", () => {
  const onlooker = new Onlooker();
  const others: Said[] = [
    {},
    { vrid: 52 },
    { source: "fe80::2" },
    { ifName: "eth1" },
    { vlans: [5] },
    { vlans: [5, 6] },
    { ifName: "" },
  ];
  for (const said of others) onlooker.hear({ ...said, priority: 90 });
  for (const said of others) onlooker.hear({ ...said, atMs: 1000 });
  assert.deepEqual(
    [...onlooker.observer.routers].map(
      ({ segment, vrid, family }) => `${segment}/${vrid}/${family}`,
    ),
    [
      "eth0/51/4",
      "eth0/52/4",
      "eth0/51/6",
      "eth1/51/4",
      "eth0 vlan 5/51/4",
      "eth0 vlan 5 vlan 6/51/4",
      "/51/4",
    ],
  );
  assert.ok([...onlooker.observer.routers].every(({ speakers }) => speakers.size === 1));
});

test("a cooked capture names its interface by number where it has no name", () => {
  const frame = onSll2(ODD_PACKETS.v3 as Uint8Array);
  const onlooker = new Onlooker();
  assert.equal(onlooker.see(packetOf(frame, 276))?.segment, "if3");
  assert.equal(onlooker.see({ ...packetOf(frame, 276), interfaceName: "wan" })?.segment, "wan");
});

test("a cooked capture tells the direction", () => {
  const sighting = new Onlooker().see(packetOf(onSll(ODD_PACKETS.v3 as Uint8Array, 4), 113));
  assert.equal(sighting?.kind === "advert" && sighting.direction, "out");
});

test("what was not asked for is as if it were not there", () => {
  const onlooker = new Onlooker({ wants: (vrid, family) => vrid === 51 && family === 4 });
  assert.equal(onlooker.see(advertPacket({ vrid: 52 })), undefined);
  assert.equal(onlooker.see(advertPacket({ source: "fe80::2" })), undefined);
  assert.equal(onlooker.see(framePacket(carpFrame("10.0.0.9", 52))), undefined);
  assert.equal([...onlooker.observer.routers].length, 0);
  assert.equal(onlooker.see(framePacket(carpFrame("10.0.0.9", 51)))?.kind, "carp");
});

test("CARP is told as CARP, and its checksum judged", () => {
  const onlooker = new Onlooker();
  const carp = carpFrame("10.0.0.9", 7);
  assert.deepEqual(onlooker.see(framePacket(carp))?.reasons, []);
  const [reason] = onlooker.see(framePacket(patched(carp, 40, 0x12)))?.reasons ?? [];
  assert.deepEqual([reason?.code, reason?.level], ["bad-checksum", "bad"]);
});

test("what cannot be read is told, with its ends", () => {
  const frame = onEthernet(ODD_PACKETS["7 bytes"] as Uint8Array);
  const sighting = new Onlooker().see(packetOf(frame, 1));
  assert.equal(sighting?.kind, "broken");
  assert.deepEqual(
    sighting?.reasons.map(({ code, level, text }) => [code, level, text]),
    [["short", "bad", "short"]],
  );
});

test("what is none of ours is nothing", () => {
  const onlooker = new Onlooker();
  const others = ["echoReply", "arpRequest"] as const;
  for (const name of others)
    assert.equal(onlooker.see(framePacket(fromHex(LINUX[name]))), undefined);
  assert.equal(onlooker.see(packetOf(new Uint8Array(), 1)), undefined);
  assert.equal(onlooker.see(packetOf(new Uint8Array(80), 9999)), undefined);
});

const claim = (address: string, from: string, said: Said = {}) =>
  framePacket(claimFrame(address, from), said);

test("an announcement of a virtual address: by a master or with the virtual MAC address it is right", () => {
  const onlooker = new Onlooker();
  assert.equal(onlooker.see(claim(VIP, "02:00:00:00:00:02")), undefined); // not known yet
  onlooker.hear();
  onlooker.take();
  for (const from of ["02:00:00:00:00:02", "00:00:5e:00:01:33"]) {
    const sighting = onlooker.see(claim(VIP, from));
    assert.deepEqual([sighting?.kind, sighting?.reasons], ["claim", []]);
  }
  assert.deepEqual(onlooker.take(), []);
});

test("an announcement by anybody else: the address is claimed", () => {
  const onlooker = new Onlooker();
  onlooker.hear();
  onlooker.take();
  const foreign = "02:00:00:00:00:77";
  const sighting = onlooker.see(claim(VIP, foreign, { atMs: 10 }));
  assert.deepEqual(
    sighting?.reasons.map(({ code, level, text }) => [code, level, text]),
    [
      [
        "address-claimed",
        "warn",
        `${VIP} claimed by ${foreign}, master is ${A} (02:00:00:00:00:02)`,
      ],
    ],
  );
  assert.deepEqual(onlooker.take(), [`10 claimed ${VIP} ${foreign}`]);
  assert.deepEqual(onlooker.see(claim(VIP, "00:00:5e:00:01:34"))?.reasons.length, 1); // of VRID 52
});

test("an announcement while nobody is master is of who takes over", () => {
  const onlooker = new Onlooker();
  onlooker.hear();
  onlooker.hear({ priority: 0 });
  assert.deepEqual(onlooker.see(claim(VIP, "02:00:00:00:00:77"))?.reasons, []);
});

test("an announcement of another address or on another segment is none of ours", () => {
  const onlooker = new Onlooker();
  onlooker.hear();
  assert.equal(onlooker.see(claim("10.0.0.101", "02:00:00:00:00:77")), undefined);
  assert.equal(onlooker.see(claim(VIP, "02:00:00:00:00:77", { ifName: "eth1" })), undefined);
});

test("changes are told at the time of the packet that shows them, or of the tick", () => {
  const onlooker = new Onlooker();
  onlooker.hear();
  onlooker.hear({ source: B, priority: 90, atMs: 5000 }); // it is found out only now that A is lost
  assert.deepEqual(onlooker.take().slice(1), [
    `5000 lost ${A} 5000`,
    `5000 new-master ${B} 90 ${VIP} silence ${A} 5000`,
  ]);
  assert.equal(onlooker.observer.deadlineMs - START_MS, 5000 + 3000 + (255 * 1000) / 256);
  onlooker.tick(9000);
  assert.deepEqual(onlooker.take(), [`9000 lost ${B} 4000`]);
  assert.equal(onlooker.observer.deadlineMs - START_MS, 600_000);
});

test("time never goes back: what comes with an earlier one comes now", () => {
  const onlooker = new Onlooker();
  onlooker.hear({ atMs: 5000 });
  onlooker.hear({ source: B, priority: 90, atMs: 100 });
  onlooker.tick(300);
  assert.equal(onlooker.observer.nowMs, START_MS + 5000);
  assert.equal(onlooker.changes.at(-1)?.atMs, START_MS + 5000);
});

test("what was said before gives the same object again, with what is so now", () => {
  const onlooker = new Onlooker();
  const first = onlooker.hear({ id: 1, priority: 90 });
  const again = onlooker.hear({ id: 2, priority: 90, atMs: 1000 });
  assert.equal(again, first);
  const { revision } = again;
  onlooker.hear({ source: B, atMs: 1500 });
  const then = onlooker.hear({ id: 3, priority: 90, atMs: 2000 });
  assert.equal(then, first);
  assert.deepEqual(
    then.reasons.map(({ code }) => code),
    ["second-master"],
  );
  assert.ok(then.revision > revision);
  assert.equal(onlooker.router.speakers.get(A)?.adverts, 3);
});

test("what a changed MAC address says is over with the next advert, also when all is said again", () => {
  const onlooker = new Onlooker();
  onlooker.hear();
  const other = { mac: "02:00:00:00:00:99" };
  assert.deepEqual(onlooker.judge({ ...other, atMs: 1000 }), ["mac-changed"]);
  assert.deepEqual(onlooker.judge({ ...other, atMs: 2000 }), []);
  assert.deepEqual(onlooker.judge({ ...other, atMs: 3000 }), []);
  assert.deepEqual(onlooker.judge({ atMs: 4000 }), ["mac-changed"]); // the first one, known by heart
});

test("a failover and a split brain, as they are told", () => {
  const onlooker = new Onlooker();
  onlooker.hear();
  onlooker.hear({ atMs: 1000 });
  onlooker.hear({ priority: 0, atMs: 1500 });
  onlooker.hear({ source: B, priority: 90, atMs: 2100 });
  onlooker.hear({ source: C, priority: 80, atMs: 2200 });
  onlooker.hear({ source: B, priority: 90, atMs: 3100 });
  for (const atMs of [4250, 5250, 6250]) onlooker.hear({ source: B, priority: 90, atMs });
  onlooker.tick(11_000);
  assert.deepEqual(onlooker.take(), [
    `0 new-master ${A} 100 ${VIP} first - -`,
    `1500 resigned ${A}`,
    `2100 new-master ${B} 90 ${VIP} resigned ${A} 600`,
    `2200 second-master ${C} 80 ${B}`,
    `6250 single-master ${B} ${C} 0 4050`,
    `11000 lost ${B} 4750`,
  ]);
});

test("at most 4096 virtual routers are kept; those without a master go first", () => {
  const onlooker = new Onlooker();
  onlooker.hear({ ifName: "mastered" });
  onlooker.hear({ ifName: "resigned", priority: 0 });
  // Frames with a tag are not known by heart, so that what is known of the others is not crowded out.
  for (let n = 0; n < 4095; n += 1) onlooker.hear({ vlans: [n] });
  const segments = new Set([...onlooker.observer.routers].map(({ segment }) => segment));
  assert.equal(segments.size, 4096);
  assert.ok(segments.has("mastered") && !segments.has("resigned"));
  onlooker.hear({ ifName: "one more" });
  const kept = [...onlooker.observer.routers].map(({ segment }) => segment);
  assert.ok(kept.length === 4096 && !kept.includes("mastered") && kept.includes("one more"));
  // What was known of its adverts by heart is of a router that is no more.
  onlooker.take();
  onlooker.hear({ ifName: "mastered", atMs: 1000 });
  assert.match(onlooker.take().at(-1) ?? "", /^1000 new-master .* first/);
});
