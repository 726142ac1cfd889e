import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  compileFilter,
  every,
  type FieldTest,
  FRAME_FACTS,
  type FrameTest,
  field,
  shifted,
  some,
} from "../../../src/core/bpf.ts";
import { runFilter } from "../../support/bpf.ts";
import { fromHex } from "../../support/packets.ts";

const FRAME = fromHex("00 01 02 03 04 05 06 07");

/** What the condition means, without a program. */
function holds(test: FrameTest, frame: Uint8Array): boolean {
  if (test.kind === "every") return test.tests.every((one) => holds(one, frame));
  if (test.kind === "some") return test.tests.some((one) => holds(one, frame));
  const { at, bytes, among } = test as FieldTest;
  const value = frame.subarray(at, at + bytes).reduce((sum, byte) => sum * 256 + byte, 0);
  return among.includes(value);
}

test("a field of each width is read in network order", () => {
  const keeps = (condition: FrameTest): boolean => runFilter(compileFilter(condition), FRAME);
  assert.ok(keeps(field(3, 1, 0x03)));
  assert.ok(keeps(field(3, 2, 0x0304)));
  assert.ok(keeps(field(3, 4, 0x03040506)));
  assert.ok(!keeps(field(3, 2, 0x0403)));
  assert.ok(keeps(field(3, 1, 9, 8, 3)));
  assert.ok(!keeps(field(3, 1)), "equal to none of no values");
});

test("a program keeps what its condition holds for, and nothing else", () => {
  const value = fc.integer({ min: 0, max: 3 });
  const { condition } = fc.letrec<{ condition: FrameTest }>((tie) => ({
    condition: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc
        .tuple(fc.integer({ min: 0, max: 5 }), fc.array(value, { maxLength: 3 }))
        .map(([at, among]) => field(at, 1, ...among)),
      fc.array(tie("condition"), { maxLength: 4 }).map((tests) => every(...tests)),
      fc.array(tie("condition"), { maxLength: 4 }).map((tests) => some(...tests)),
    ),
  }));
  const frame = fc.uint8Array({ minLength: 6, maxLength: 6, max: 3 });
  fc.assert(
    fc.property(condition, frame, (wanted, bytes) => {
      assert.equal(runFilter(compileFilter(wanted), bytes), holds(wanted, bytes));
    }),
  );
});

test("what lies further than 255 instructions is reached all the same", () => {
  const words = Array.from({ length: 400 }, (_, index) => index);
  const condition = every(field(0, 1, 7), some(field(3, 1, 9), field(1, 2, ...words)));
  const program = compileFilter(condition);
  assert.ok(program.length > 400);
  assert.ok(runFilter(program, fromHex("07 0000 00")));
  assert.ok(runFilter(program, fromHex("07 018f 00")));
  assert.ok(runFilter(program, fromHex("07 ffff 09")));
  assert.ok(!runFilter(program, fromHex("07 0190 00")));
  assert.ok(!runFilter(program, fromHex("06 0000 00")));
});

test("a frame that ends before a field matches nothing", () => {
  const program = compileFilter(some(field(6, 4, 1), field(0, 1, 0)));
  assert.ok(!runFilter(program, FRAME));
});

test("a condition of more instructions than the kernel takes is refused", () => {
  const values = Array.from({ length: 4096 }, (_, index) => index);
  assert.throws(() => compileFilter(field(0, 4, ...values)), RangeError);
});

test("a condition that is shifted is one on bytes further on, or before", () => {
  const keeps = (condition: FrameTest): boolean => runFilter(compileFilter(condition), FRAME);
  const condition = every(field(1, 1, 0x01), some(field(2, 2, 0x0203), field(2, 2, 0x0405)));
  assert.ok(keeps(condition));
  assert.ok(!keeps(shifted(condition, 2)));
  assert.ok(keeps(shifted(every(field(1, 1, 0x03), some(field(2, 2, 0x0405))), 2)));
  assert.ok(keeps(shifted(field(5, 1, 0x03), -2)));
});

test("what the kernel knows of a frame stays where it is when a condition is shifted", () => {
  const program = compileFilter(shifted(field(FRAME_FACTS.hardwareType, 4, 772), 4));
  assert.ok(runFilter(program, FRAME, { hardwareType: 772 }));
  assert.ok(!runFilter(program, FRAME, { hardwareType: 1 }));
});
