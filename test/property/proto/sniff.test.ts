/** What holds for an onlooker whatever comes, in whatever order of time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { CapturePacket } from "../../../src/core/capture/packet.ts";
import type { Change } from "../../../src/proto/sniff/change.ts";
import { Observer } from "../../../src/proto/sniff/observer.ts";
import type { Sighting } from "../../../src/proto/sniff/sighting.ts";
import { anyBytes, mutatedOf } from "../../support/arbitraries.ts";
import { captureBytes, captureNames } from "../../support/captures.ts";
import { claimFrame } from "../../support/foreign.ts";
import { hmacSettings } from "../../support/hmac.ts";
import { onEthernet } from "../../support/link-frames.ts";
import { ODD_PACKETS } from "../../support/odd-packets.ts";
import { packetOf } from "../../support/pcap-file.ts";
import { packetsIn, readCapture } from "../../support/read-capture.ts";
import { advertPacket, framePacket, type Said, START_MS } from "../../support/sniffed.ts";

/** Frames of real captures, and some that nobody should send. */
const FRAMES: readonly Uint8Array[] = [
  ...captureNames()
    .filter((name) => !name.includes("oobr") && !name.includes("nanoseconds"))
    .flatMap((name) => packetsIn(captureBytes(name)).slice(0, 10))
    .map(({ bytes }) => bytes),
  ...Object.values(ODD_PACKETS).map((packet) => onEthernet(packet)),
];

const anyTime = fc.record({
  seconds: fc.oneof(fc.nat(100), fc.nat(2 ** 32 - 1), fc.constant(2 ** 34)),
  nanoseconds: fc.nat(999_999_999),
});
const anyPacket: fc.Arbitrary<CapturePacket> = fc
  .record({
    frame: fc.oneof(anyBytes, mutatedOf(FRAMES), fc.constantFrom(...FRAMES)),
    time: anyTime,
    linkType: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.constantFrom(0, 101, 113, 276)),
    direction: fc.constantFrom("in" as const, "out" as const, null),
    interfaceName: fc.constantFrom("eth0", "eth1", ""),
  })
  .map(({ frame, time, linkType, ...packet }) => ({
    ...packetOf(frame, linkType),
    ...time,
    ...packet,
  }));

test("any packets in any order of time are heard, and nothing grows beyond its bounds", () => {
  fc.assert(
    fc.property(fc.array(anyPacket, { maxLength: 60 }), (packets) => {
      const changes: Change[] = [];
      const observer = new Observer({
        wants: () => true,
        hmac: hmacSettings(),
        onChange: (change) => void changes.push(change),
      });
      let nowMs = 0;
      for (const packet of packets) {
        const sighting = observer.hear(packet);
        if (sighting?.kind === "advert") isSound(sighting.router);
        assert.ok(observer.nowMs >= nowMs);
        nowMs = observer.nowMs;
        if (observer.deadlineMs > nowMs) continue;
        observer.tick(nowMs);
        assert.ok(observer.deadlineMs > nowMs);
      }
      observer.tick(nowMs + 1e9);
      for (const router of observer.routers) {
        isSound(router);
        assert.deepEqual([router.contention.masters.length, router.speakers.size], [0, 0]);
      }
      for (const [index, { atMs }] of changes.entries())
        assert.ok(atMs >= (changes[index - 1]?.atMs ?? 0));
    }),
    { numRuns: 500 },
  );
});

/** Masters are speakers, the strongest first; what counts never goes below nothing. */
function isSound(router: Extract<Sighting, { kind: "advert" }>["router"]): void {
  const { speakers, contention, rejected, longestGap } = router;
  const { masters } = contention;
  assert.ok(speakers.size <= 64 && rejected >= 0 && longestGap.lengthMs >= 0);
  for (const [index, master] of masters.entries()) {
    assert.equal(speakers.get(master.advert.source), master);
    assert.equal(master.claim, "master");
    const better = masters[index - 1];
    assert.ok(better === undefined || !master.outranks(better));
  }
  const claiming = [...speakers.values()].filter(({ claim }) => claim === "master");
  assert.equal(claiming.length, masters.length);
}

/** Steps of a LAN: who says what, how long after the step before. */
const anyStep = fc.record({
  afterMs: fc.constantFrom(0, 1, 60, 100, 500, 1000, 1000, 1000, 2100, 4500, 700_000),
  source: fc.constantFrom("10.0.0.2", "10.0.0.3", "10.0.0.4", "fe80::2", "fe80::3"),
  what: fc.constantFrom<"claim" | Said>(
    {},
    {},
    {},
    { priority: 200 },
    { priority: 0 },
    { intervalMs: 200 },
    { version: 2 },
    { addresses: ["10.0.0.100", "10.0.0.101"] },
    { addresses: ["10.0.0.7"] },
    { mac: "02:00:00:00:00:99" },
    { direction: "out" },
    { ttl: 64 },
    "claim",
  ),
  id: fc.nat(0xffff),
});

/** What was told, in comparable words, when each frame comes through `disguise`. */
function watch(
  steps: readonly { afterMs: number; source: string; what: "claim" | Said; id: number }[],
  disguise: (packet: CapturePacket, index: number) => CapturePacket,
): unknown[] {
  const told: unknown[] = [];
  const observer = new Observer({
    wants: () => true,
    hmac: null,
    onChange: (change) => void told.push({ ...change }),
  });
  let atMs = 0;
  for (const [index, { afterMs, source, what, id }] of steps.entries()) {
    atMs += afterMs;
    const packet =
      what === "claim"
        ? framePacket(claimFrame("10.0.0.100", "02:00:00:00:00:02"), { atMs })
        : advertPacket({ ...overFamily(what, source), source, id, atMs });
    const sighting = observer.hear(disguise(packet, index));
    if (sighting?.kind !== "advert") told.push([sighting?.kind, sighting?.reasons]);
    else told.push([sighting.advert, sighting.reasons, sighting.speaker?.claim ?? null]);
    for (const {
      contention,
      speakers,
      heardMs,
      longestGap,
      rejected,
      missed,
    } of observer.routers) {
      const counts = [...speakers.values()].map(({ adverts, heardMs: at }) => [adverts, at]);
      const masters = contention.masters.map(({ advert, claimedMs }) => [advert.source, claimedMs]);
      told.push([masters, counts, heardMs, longestGap, rejected, missed, contention.takeovers]);
    }
  }
  observer.tick(START_MS + atMs + 5000);
  return told;
}

/** Over IPv6 there is no version 2, and other addresses. */
function overFamily(said: Said, source: string): Said {
  if (!source.includes(":")) return said;
  const { version: _, addresses, ...rest } = said;
  return addresses === undefined
    ? rest
    : { ...rest, addresses: addresses.map((one) => `fe80::${one.split(".").join(":")}`) };
}

/** No two frames are alike then: padding, of a length that none had before. Nobody looks at it. */
const padded = (packet: CapturePacket, index: number): CapturePacket => {
  const bytes = Uint8Array.of(...packet.bytes, ...new Uint8Array(index + 1));
  return { ...packet, bytes, wireBytes: bytes.length, end: bytes.length };
};

test("what is known by heart is judged as what is read anew", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 2, maxLength: 40 }), (steps) => {
      assert.deepEqual(
        watch(steps, (packet) => packet),
        watch(steps, padded),
      );
    }),
    { numRuns: 500 },
  );
});

test("two packets that differ in a byte that is told have not the same judgement", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 254 }),
      fc.integer({ min: 1, max: 254 }),
      (one, other) => {
        fc.pre(one !== other);
        const observer = new Observer({ wants: () => true, hmac: null, onChange: () => {} });
        const priorities = [one, other, one].map((priority, id) => {
          const sighting = observer.hear(advertPacket({ priority, id }));
          return sighting?.kind === "advert" && sighting.speaker?.advert.priority;
        });
        assert.deepEqual(priorities, [one, other, one]);
      },
    ),
  );
});

test("a real capture in any chunks says the same", () => {
  const files = captureNames().map(captureBytes);
  const lengths = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 });
  const told = (file: Uint8Array, chunks?: readonly number[]): unknown[] => {
    const changes: unknown[] = [];
    const observer = new Observer({
      wants: () => true,
      hmac: hmacSettings(),
      onChange: (change) => void changes.push({ ...change }),
    });
    const { packets } = readCapture(file, chunks);
    for (const { wallNs, bytes, ...packet } of packets) {
      const time = {
        seconds: Number(wallNs / 1_000_000_000n),
        nanoseconds: Number(wallNs % 1_000_000_000n),
      };
      const sighting = observer.hear({ ...packet, ...time, bytes, start: 0, end: bytes.length });
      changes.push([sighting?.kind, sighting?.reasons]);
    }
    return changes;
  };
  fc.assert(
    fc.property(fc.constantFrom(...files), lengths, (file, chunks) => {
      assert.deepEqual(told(file, chunks), told(file));
    }),
    { numRuns: 60 },
  );
});
