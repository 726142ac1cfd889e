/** The plain arguments: what is read, what is changed, and where what is wrong is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  integer,
  interfaceName,
  milliseconds,
  numberOrName,
  seconds,
  unsigned,
} from "../../../src/config/arguments.ts";
import { readArgument } from "../../support/conf.ts";

test("a whole number is decimal, and its sign may be written", () => {
  for (const [word, value] of [
    ["7", 7],
    ["+7", 7],
    ["-7", -7],
    ["007", 7],
  ] as const) {
    assert.deepEqual(readArgument(integer(-9, 9), word), { value, found: [] });
  }
});

test("something behind a number is an error, and the number still counts", () => {
  assert.deepEqual(readArgument(integer(1, 255), "5x"), {
    value: 5,
    found: ["a.conf:1:5 vk206 '5x' is not a whole number: 'x' is too much"],
  });
  const nothing = ["a.conf:1:5 vk202 '0x10' is not a whole number"];
  assert.deepEqual(readArgument(integer(1, 255), "0x10"), { value: undefined, found: nothing });
});

test("a number outside its range is no value, unless keepalived moves it", () => {
  const moving = integer(1, 9, { 0: 1 });
  assert.deepEqual(readArgument(moving, "0"), {
    value: 1,
    found: ["a.conf:1:5 vk208 0 is outside 1..9, and becomes 1"],
  });
  assert.deepEqual(readArgument(moving, "10"), {
    value: undefined,
    found: ["a.conf:1:5 vk203 10 is outside 1..9"],
  });
});

test("seconds are milliseconds afterwards, and digits that do not fit are told", () => {
  assert.deepEqual(readArgument(seconds(0, 9), "1.5").value, 1500);
  assert.deepEqual(readArgument(seconds(0, 9), ".25").value, 250);
  assert.deepEqual(readArgument(seconds(0, 9), "0.000001").value, 0.001);
  assert.deepEqual(readArgument(seconds(0, 9), "1.1234567"), {
    value: 1123.457,
    found: ["a.conf:1:5 vk207 1.1234567 has more than 6 digits behind the point"],
  });
  assert.deepEqual(readArgument(seconds(0, 9), "1s").found, [
    "a.conf:1:5 vk206 '1s' is not a number of seconds: 's' is too much",
  ]);
  assert.deepEqual(readArgument(seconds(0, 9), "-1").found, [
    "a.conf:1:5 vk202 '-1' is not a number of seconds",
  ]);
});

test("milliseconds have three digits", () => {
  assert.equal(readArgument(milliseconds(1, 9), "3.312").value, 3.312);
  assert.match(readArgument(milliseconds(1, 9), "3.3125").found[0] ?? "", /vk207/);
});

test("a number of the kernel may be hex or octal, and may have a name", () => {
  assert.equal(readArgument(unsigned(), "0x10").value, 16);
  assert.equal(readArgument(unsigned(), "010").value, 8);
  assert.match(readArgument(unsigned(255), "256").found[0] ?? "", /vk203 256 is outside 0..255/);
  assert.equal(readArgument(numberOrName(255), "bird").value, "bird");
  assert.equal(readArgument(numberOrName(255), "12").value, 12);
  assert.match(readArgument(numberOrName(255), "1-2").found[0] ?? "", /vk202/);
});

test("a name that no interface can have is refused", () => {
  assert.equal(readArgument(interfaceName, "eth0.100").value, "eth0.100");
  for (const name of ["a23456789012345x", "a/b", ".", "eth0:1"]) {
    assert.match(readArgument(interfaceName, name).found[0] ?? "", /vk210/, name);
  }
});
