import assert from "node:assert/strict";
import test from "node:test";
import {
  choice,
  duration,
  flag,
  integer,
  list,
  name,
  type Option,
  refuse,
  text,
  value,
} from "../../../src/commands/option.ts";
import { UsageError } from "../../../src/core/errors.ts";

const describe = "What it is";
const refusal = (option: Option<unknown>, ...texts: readonly string[]): string => {
  try {
    option.read(texts);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return "nothing is refused";
};

test("a value may be required, have a default, or be absent", () => {
  assert.equal(text({ describe }).read([]), undefined);
  assert.equal(text({ describe, default: "x" }).read([]), "x");
  assert.equal(text({ describe, default: "x" }).read(["y"]), "y");
  assert.equal(refusal(text({ describe, required: true })), "is missing");
  assert.equal(refusal(text({ describe }), "a", "b"), "is given twice");
  assert.equal(refusal(text({ describe }), ""), '"" is empty');
});

test("a name has at most 255 characters, and what is refused is quoted in a readable length", () => {
  const bounded = name({ describe });
  assert.equal(bounded.read(["x".repeat(255)]), "x".repeat(255));
  const reason = `"${"x".repeat(100)}..." is longer than any name`;
  assert.equal(refusal(bounded, "x".repeat(65_000)), reason);
  assert.equal(refusal(bounded, ""), '"" is empty');
});

test("an integer is held to its range and to whole numbers", () => {
  const vrid = integer({ describe, min: 1, max: 255 });
  assert.equal(vrid.read(["255"]), 255);
  assert.equal(vrid.value, "1..255");
  for (const given of ["0", "256", "-1"])
    assert.equal(refusal(vrid, given), `"${given}" is not within 1..255`);
  for (const given of ["1.5", "0x10", "ten", "", "1e2", " 1"])
    assert.equal(refusal(vrid, given), `${JSON.stringify(given)} is no whole number`);
});

test("a duration is milliseconds and needs its unit", () => {
  const pause = duration({ describe, default: "200ms" });
  assert.equal(pause.read([]), 200);
  assert.equal(pause.read(["1m30s"]), 90_000);
  assert.equal(refusal(pause, "3"), '"3" is refused: "3" has no unit: write 3s or 3ms');
});

test("a choice is one of its words", () => {
  const form = choice(["request", "reply"], { describe });
  assert.equal(form.read(["reply"]), "reply");
  assert.equal(refusal(form, "rep"), '"rep" is none of request, reply');
});

test("a flag is given or not, however often", () => {
  assert.deepEqual([flag({ describe }).read([]), flag({ describe }).read(["", ""])], [false, true]);
});

test("a list keeps the order, and a required one is not empty", () => {
  const upper = (given: string) => given.toUpperCase();
  assert.deepEqual(list({ describe }, upper).read(["b", "a"]), ["B", "A"]);
  assert.deepEqual(list({ describe }, upper).read([]), []);
  assert.equal(refusal(list({ describe, required: true }, upper)), "is missing");
});

test("a type of one's own refuses with the text that was given; other errors stay bugs", () => {
  const even = value({ describe }, (given) => (Number(given) % 2 ? refuse("is odd") : given));
  assert.equal(refusal(even, "3"), '"3" is odd');
  const broken = value({ describe }, () => {
    throw new RangeError("a bug");
  });
  assert.throws(() => broken.read(["x"]), RangeError);
});
