/** Comments that nobody meant: a mark within a word. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readConf } from "../../support/conf.ts";

const found = (...lines: string[]): string[] =>
  readConf(...lines).found.filter((line) => line.includes("vk127"));

test("a mark in the middle of a word is told", () => {
  const told = (mark: string): string =>
    `vk127 this ${mark} ends the word in whose middle it stands, and begins a comment`;
  assert.deepEqual(found("  router_id ab#cd "), [`a.conf:1:15 ${told("#")}`]);
  assert.deepEqual(found("$MAIL=me!x@y"), [`a.conf:1:9 ${told("!")}`]);
  assert.deepEqual(found("@one router_id a#b"), [`a.conf:1:17 ${told("#")}`]);
});

test("what is a comment to everybody is not, nor what is quoted, escaped or of another host", () => {
  const plain = ["a #b", "a# b", "a##b", "a {#b", "a }#b", '"a#b"', "a\\#b", "#b", "a#b c"];
  for (const line of plain) assert.deepEqual(found(line), [], line);
  assert.deepEqual(found("@other router_id a#b"), []);
});
