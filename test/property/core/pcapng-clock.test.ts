import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PcapngClock } from "../../../src/core/capture/pcapng-clock.ts";
import { capturePacket } from "../../support/capture-packets.ts";

test("times are those of whole numbers, most of all around whole seconds", () => {
  const around = fc.constantFrom(-1n, 0n, 1n);
  const time = fc.tuple(fc.bigInt(0n, 2n ** 64n - 1n), around, fc.boolean());
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 19 }), time, (digits, [any, more, isWhole]) => {
      const perS = 10n ** BigInt(digits);
      const ticks = BigInt.asUintN(64, isWhole ? (any / perS) * perS + more : any);
      const [seconds, rest] = [ticks / perS, ticks % perS];
      if (seconds > 18_446_744_072n) return;
      const packet = capturePacket();
      new PcapngClock(digits, 0n).setTime(
        packet,
        Number(ticks >> 32n),
        Number(ticks & 0xffffffffn),
      );
      const nanoseconds = Number((rest * 1_000_000_000n) / perS);
      assert.deepEqual([packet.seconds, packet.nanoseconds], [Number(seconds), nanoseconds]);
    }),
    { numRuns: 3000 },
  );
});
