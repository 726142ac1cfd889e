import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changeRecord,
  routerRecord,
  sightingRecord,
} from "../../../../src/app/sniff/sighting-record.ts";
import type { CapturePacket } from "../../../../src/core/capture/packet.ts";
import { carpFrame, claimFrame } from "../../../support/foreign.ts";
import { onEthernet, onSll } from "../../../support/link-frames.ts";
import { ODD_PACKETS } from "../../../support/odd-packets.ts";
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
import { HMAC_ADVERTS } from "../../../vectors/hmac.ts";

/** Of the last packet. */
function recordOf(packets: readonly CapturePacket[], showSecrets = false): Record<string, unknown> {
  const onlooker = new Onlooker();
  const records = packets.map((packet) => {
    const sighting = onlooker.see(packet) ?? assert.fail();
    return sightingRecord(sighting, packet, showSecrets);
  });
  return { ...records.at(-1) };
}

const CHECKED = { verdict: "ok", reasons: [] };

test("an advert has all its keys", () => {
  const { checksum, ...rest } = recordOf([advertPacket(), advertPacket({ atMs: 1000.5 })]);
  assert.equal(typeof checksum, "number");
  assert.deepEqual(rest, {
    type: "advert",
    ts: "2026-01-02T00:00:01.000500Z",
    segment: "eth0",
    direction: "in",
    family: "ipv4",
    source: A,
    destination: "224.0.0.18",
    source_mac: "02:00:00:00:00:02",
    destination_mac: "01:00:5e:00:00:12",
    ttl: 255,
    version: 3,
    vrid: 51,
    priority: 100,
    interval_ms: 1000,
    auth: "none",
    password: null,
    key_id: null,
    checksum_pseudo_header: true,
    checksum_bare: false,
    addresses: ["10.0.0.100"],
    master: A,
    master_since: "2026-01-02T00:00:00.000000Z",
    ...CHECKED,
  });
});

test("a password is told only when that was asked for; a key by its number", () => {
  const auth = { type: "pass", password: new TextEncoder().encode("secret01") } as const;
  const packet = advertPacket({ version: 2, auth });
  const hidden = recordOf([packet]);
  assert.deepEqual([hidden.auth, hidden.password], ["simple", null]);
  assert.ok(!JSON.stringify(hidden).includes("secret"));
  assert.equal(recordOf([packet], true).password, "secret01");
  const signed = recordOf([packetOf(fromHex(HMAC_ADVERTS.v3Ip4Key7[0]), 1)], true);
  assert.deepEqual([signed.auth, signed.key_id, signed.password], ["hmac", 7, null]);
});

test("where nobody is master, and where nobody is believed", () => {
  const { master, master_since, verdict, reasons } = recordOf([advertPacket({ ttl: 64 })]);
  assert.deepEqual([master, master_since, verdict], [null, null, "bad"]);
  assert.deepEqual(reasons, [{ code: "ttl-not-255", level: "bad", text: "ttl 64, not 255" }]);
});

test("a note is no verdict, but it is told", () => {
  const { verdict, reasons } = recordOf([advertPacket(), advertPacket({ priority: 0 })]);
  assert.equal(verdict, "ok");
  assert.deepEqual(reasons, [{ code: "resigning", level: "note", text: "priority 0: resigning" }]);
});

test("an announcement, CARP and what cannot be read have theirs", () => {
  const macs = { source_mac: "02:00:00:00:00:02", destination_mac: "ff:ff:ff:ff:ff:ff" };
  const claim = framePacket(claimFrame("10.0.0.100", "02:00:00:00:00:02"));
  assert.deepEqual(recordOf([advertPacket(), claim]), {
    type: "announcement",
    ts: "2026-01-02T00:00:00.000000Z",
    segment: "eth0",
    direction: "in",
    family: "ipv4",
    ...macs,
    vrid: 51,
    address: "10.0.0.100",
    mac: "02:00:00:00:00:02",
    manner: "gratuitous",
    ...CHECKED,
  });
  const { type, source, destination, ttl, vhid, advskew, advbase_s } = recordOf([
    framePacket(carpFrame("10.0.0.9", 7)),
  ]);
  assert.deepEqual(
    [type, source, destination, ttl, vhid, advskew, advbase_s],
    ["carp", "10.0.0.9", "224.0.0.18", 255, 7, 100, 1],
  );
  const broken = recordOf([packetOf(onEthernet(ODD_PACKETS["7 bytes"] as Uint8Array), 1)]);
  assert.deepEqual(
    [broken.type, broken.source, broken.code, broken.verdict],
    ["broken", "10.0.0.1", "short", "bad"],
  );
});

test("the direction of a cooked header is told of whatever it carries", () => {
  for (const name of ["v3", "CARP", "7 bytes"]) {
    const packet = packetOf(onSll(ODD_PACKETS[name] as Uint8Array, 4), 113);
    assert.equal(recordOf([packet]).direction, "out", name);
  }
});

test("a change has its values, times with their units", () => {
  const onlooker = new Onlooker();
  onlooker.hear();
  onlooker.hear({ atMs: 5000, source: B });
  assert.deepEqual(onlooker.changes.map(changeRecord).slice(1), [
    {
      type: "change",
      ts: "2026-01-02T00:00:05.000000Z",
      segment: "eth0",
      vrid: 51,
      family: "ipv4",
      change: "lost",
      source: A,
      silent_ms: 5000,
    },
    {
      type: "change",
      ts: "2026-01-02T00:00:05.000000Z",
      segment: "eth0",
      vrid: 51,
      family: "ipv4",
      change: "new-master",
      source: B,
      priority: 100,
      addresses: ["10.0.0.100"],
      cause: "silence",
      former: A,
      silent_ms: 5000,
    },
  ]);
});

function routerAfter(adverts: readonly Said[], nowMs: number) {
  const onlooker = new Onlooker();
  for (const said of adverts) onlooker.hear(said);
  onlooker.tick(nowMs);
  return routerRecord(onlooker.router, START_MS + nowMs);
}

test("a virtual router: its master, how regular it is, and who else was heard", () => {
  const adverts: Said[] = [
    { source: C, priority: 0 },
    { atMs: 100 },
    { atMs: 1100 },
    { atMs: 2100, version: 3 },
  ];
  const { jitter_p50_ms, jitter_p99_ms, ...rest } = routerAfter(adverts, 2600);
  assert.ok((jitter_p50_ms ?? 9) <= (jitter_p99_ms ?? 0) && (jitter_p99_ms ?? 9) < 0.01);
  assert.deepEqual(rest, {
    type: "router",
    segment: "eth0",
    vrid: 51,
    family: "ipv4",
    master: A,
    mac: "02:00:00:00:00:02",
    master_since: "2026-01-02T00:00:00.100000Z",
    priority: 100,
    version: 3,
    interval_ms: 1000,
    advert_age_ms: 500,
    adverts: 4,
    missed: 0,
    takeovers: 0,
    rejected: 0,
    other_masters: [],
    backups: [C],
    addresses: ["10.0.0.100"],
    verdict: "ok",
  });
});

const VERDICTS: readonly [adverts: readonly Said[], nowMs: number, verdict: string][] = [
  [[{}, { source: B, priority: 90 }], 0, "SPLIT: 2 masters"],
  [[{}], 9000, "NO MASTER"],
  [[{ ttl: 64 }], 0, "no advert is believed"],
  [[{}, { source: B, ttl: 64 }], 0, "1 adverts not believed"],
  [[{ source: B, priority: 0, version: 2 }, {}], 0, "version 3, others 2"],
];

for (const [adverts, nowMs, verdict] of VERDICTS)
  test(`a verdict: ${verdict}`, () => assert.equal(routerAfter(adverts, nowMs).verdict, verdict));

test("of a router without a master there is no more to tell than that", () => {
  const { master, mac, priority, jitter_p50_ms, advert_age_ms, addresses } = routerAfter(
    [{ ttl: 64 }],
    0,
  );
  assert.deepEqual(
    [master, mac, priority, jitter_p50_ms, advert_age_ms, addresses],
    [null, null, null, null, null, []],
  );
});
