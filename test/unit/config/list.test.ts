/** Lists: each line, or each word, is an entry. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, text } from "../../../src/config/arguments.ts";
import { listOf, listOfWords } from "../../../src/config/list.ts";
import { readArgument, readConf, readEntries } from "../../support/conf.ts";

test("each line is an entry, and one that is wrong leaves the others", () => {
  assert.deepEqual(readEntries(integer(1, 9), "1", "10", "3"), {
    values: [1, 3],
    found: ["a.conf:3:1 vk203 10 is outside 1..9"],
  });
});

test("words behind an entry are told", () => {
  assert.deepEqual(readEntries(integer(1, 9), "1 2").found, ["a.conf:2:3 vk104 '1' takes 1..9"]);
});

test("an entry has no block", () => {
  assert.deepEqual(readEntries(integer(1, 9), "1 {", "}").found, [
    "a.conf:2:3 vk106 '1' takes no block",
  ]);
});

test("of words a line may have many", () => {
  const { conf, found } = readConf("track_group G {", "group {", "a b", "c", "}", "}");
  const group = conf.track_group[0]?.value.body.group?.value;
  assert.deepEqual(
    group?.map(({ value }) => value),
    ["a", "b", "c"],
  );
  assert.deepEqual(found, []);
});

test("what stands in front of the brace is ignored and told", () => {
  for (const list of [listOf(text("X")), listOfWords(text("X"))]) {
    const { found } = readArgument(list, "a b {");
    assert.deepEqual(found, ["a.conf:1:5 vk228 'key' takes its entries between braces"]);
  }
});

test("a list without a brace is none", () => {
  assert.deepEqual(readArgument(listOf(text("X")), ""), {
    value: undefined,
    found: ["a.conf:1:4 vk105 'key' has no { behind it"],
  });
});

test("a block with two names is told with the quotes that would make them one", () => {
  const { conf, findings, found } = readConf("vrrp_instance a b {", "}");
  assert.deepEqual(found, ["a.conf:1:17 vk227 'vrrp_instance' needs one name behind it"]);
  assert.equal(findings[0]?.help, 'write "a b"');
  assert.equal(conf.vrrp_instance[0]?.value.name, "a");
});
