import assert from "node:assert/strict";
import test from "node:test";
import { closest, didYouMean } from "../../../src/core/closest.ts";

test("a typing slip finds the name that was meant", () => {
  const names = ["add", "del", "list", "show"];
  for (const [slip, meant] of [
    ["ad", "add"],
    ["dle", "del"], // two neighbours swapped
    ["lsit", "list"],
    ["shwo", "show"],
    ["lists", "list"],
  ] as const) {
    assert.equal(closest(slip, names), meant, slip);
  }
  assert.equal(closest("eth9", ["lo", "eth0"]), "eth0");
});

test("small and capital letters are no slip", () => {
  assert.equal(closest("MASTER", ["faster", "master"]), "master");
});

test("a swap of neighbours is nearer than two replacements", () => {
  assert.equal(closest("lsit", ["loot", "list"]), "list");
  assert.equal(closest("ab", ["ba"]), "ba");
});

test("what is far from everything finds nothing", () => {
  assert.equal(closest("frobnicate", ["add", "del", "list"]), undefined);
  assert.equal(closest("x", ["lo", "eth0"]), undefined);
  assert.equal(closest("anything", []), undefined);
});

test("of equally near names the first one is taken", () => {
  assert.equal(closest("eth9", ["eth1", "eth0"]), "eth1");
});

test("a suggestion stands behind an error, or nothing does", () => {
  assert.equal(didYouMean("eht0", ["lo", "eth0"]), " (did you mean eth0?)");
  assert.equal(didYouMean("wlan", ["lo"]), "");
});

test("of very many names the first 300 are looked at", () => {
  const far = Array.from({ length: 300 }, (_, n) => `interface${n}`);
  assert.equal(closest("eht0", ["eth0", ...far]), "eth0");
  assert.equal(closest("eht0", [...far, "eth0"]), undefined);
});
