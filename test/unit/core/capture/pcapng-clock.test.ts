import assert from "node:assert/strict";
import { test } from "node:test";
import type { CapturePacket } from "../../../../src/core/capture/packet.ts";
import { PcapngClock } from "../../../../src/core/capture/pcapng-clock.ts";

function timeOf(resolution: number, ticks: bigint, offsetS = 0n): readonly [number, number] {
  const packet = { seconds: -1, nanoseconds: -1 } as CapturePacket;
  new PcapngClock(resolution, offsetS).setTime(
    packet,
    Number(ticks >> 32n),
    Number(ticks & 0xffffffffn),
  );
  return [packet.seconds, packet.nanoseconds];
}

test("microseconds and nanoseconds are exact, on either side of a second", () => {
  const now = 1_700_000_000n;
  for (const [resolution, perS] of [
    [6, 1_000_000n],
    [9, 1_000_000_000n],
  ] as const) {
    for (const second of [0n, 1n, now, 2n ** 32n, 18_446_744_072n]) {
      for (const rest of [0n, 1n, perS / 2n, perS - 1n]) {
        if (second * perS + rest >= 1n << 64n) continue;
        const ns = Number(rest * (1_000_000_000n / perS));
        assert.deepEqual(timeOf(resolution, second * perS + rest), [Number(second), ns]);
      }
    }
  }
});

test("every resolution is understood", () => {
  assert.deepEqual(timeOf(0, 7n), [7, 0]);
  assert.deepEqual(timeOf(3, 7_001n), [7, 1_000_000]);
  assert.deepEqual(timeOf(12, 7_000_000_001_999n), [7, 1]);
  assert.deepEqual(timeOf(19, 2n ** 64n - 1n), [1, 844_674_407]);
  assert.deepEqual(timeOf(127, 2n ** 64n - 1n), [0, 0]);
  assert.deepEqual(timeOf(0x81, 15n), [7, 500_000_000]);
  assert.deepEqual(timeOf(0xa0, (7n << 32n) + 1n), [7, 0]);
  assert.deepEqual(timeOf(0xff, 2n ** 64n - 1n), [0, 0]);
});

test("an offset of seconds is added, a negative one too", () => {
  assert.deepEqual(timeOf(6, 1_500_000n, 10n), [11, 500_000_000]);
  assert.deepEqual(timeOf(6, 11_500_000n, -10n), [1, 500_000_000]);
  assert.deepEqual(timeOf(0x81, 3n, 10n), [11, 500_000_000]);
});

test("no time is before 1970 or later than can be written", () => {
  assert.deepEqual(timeOf(6, 1_500_000n, -10n), [0, 0]);
  assert.deepEqual(timeOf(0, 2n ** 64n - 1n), [18_446_744_072, 0]);
  assert.deepEqual(timeOf(6, 2n ** 64n - 1n), [18_446_744_072, 0]);
  assert.deepEqual(timeOf(6, 0n, 2n ** 63n - 1n), [18_446_744_072, 0]);
});
