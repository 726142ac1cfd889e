/** Findings: what is told of very many of them, and when its message is made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TOO_MUCH, UNKNOWN_KEYWORD } from "../../../src/config/codes/words.ts";
import { type Finding, finding, once } from "../../../src/config/finding.ts";

const file = { path: "a.conf", lines: [], includedFrom: null };
const at = (line: number) => ({ place: { file, line, column: 1, definedAt: null }, length: 1 });

test("a message that takes long is made when it is read", () => {
  let made = 0;
  const one = finding(UNKNOWN_KEYWORD, at(1), () => `message ${++made}`);
  assert.equal(made, 0);
  assert.equal(one.message, "message 1");
});

test("a place is told of once, and of 10,001 findings the last says that there are more", () => {
  const told: Finding[] = [];
  const report = once((one) => told.push(one));
  for (let line = 1; line <= 20_000; line += 1) {
    for (const again of ["a", "b"]) report(finding(UNKNOWN_KEYWORD, at(line), again));
  }
  assert.equal(told.length, 10_001);
  assert.ok(told.slice(0, -1).every(({ message }) => message === "a"));
  assert.deepEqual([told.at(-1)?.kind, told.at(-1)?.span], [TOO_MUCH, at(10_001)]);
});
