/** Blocks are read by tables: known keywords become settings, others findings, and nothing cascades. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, present } from "../../../src/config/arguments.ts";
import { readBlock } from "../../../src/config/block.ts";
import type { Finding } from "../../../src/config/finding.ts";
import { keyword, keywords } from "../../../src/config/keyword.ts";
import { SourceText } from "../../../src/config/source-text.ts";
import type { Statement, Word } from "../../../src/config/statement.ts";
import { foundLines } from "../../support/conf.ts";

const TABLE = {
  priority: keyword("Rank", integer(1, 255)),
  nopreempt: keyword("Never take over", present),
  peer: keywords("Somebody", integer(1, 9)),
} as const;

test("the last of a keyword counts, and each of a repeated one", () => {
  const { values, found } = read("priority 1", "priority 100", "peer 1", "peer 2");
  assert.equal(values.priority?.value, 100);
  assert.deepEqual(
    values.peer.map(({ value }) => value),
    [1, 2],
  );
  assert.equal(values.nopreempt, null);
  assert.deepEqual(found, ["a.conf:2:1 vk123 'priority' replaces what was written before"]);
});

test("an unknown keyword is told with the one that was meant", () => {
  assert.deepEqual(read("priorty 100").found, [
    "a.conf:1:1 vk103 unknown keyword 'priorty' in vrrp_instance (did you mean 'priority'?)",
  ]);
});

test("an include is meant in any block, and a keyword by its last words or in other letters", () => {
  const guesses = ["includee x", "Priority 1", "nb_get_peer 1", "peers 1", "state 1"].map(
    (line) => /mean '(.*)'/.exec(read(line).found[0] ?? "")?.[1],
  );
  assert.deepEqual(guesses, ["include", "priority", "peer", "peer", undefined]);
});

test("a value that does not fit counts as not written", () => {
  const { values, found } = read("priority 256");
  assert.equal(values.priority, null);
  assert.deepEqual(found, ["a.conf:1:10 vk203 256 is outside 1..255"]);
});

test("words that nothing reads are told, all of them at once", () => {
  const { values, found } = read("nopreempt a b");
  assert.equal(values.nopreempt?.value, true);
  assert.deepEqual(found, ["a.conf:1:11 vk104 'nopreempt' takes nothing"]);
});

test("a missing argument is told behind the keyword", () => {
  assert.deepEqual(read("priority").found, ["a.conf:1:9 vk201 'priority' needs 1..255 behind it"]);
});

function read(...lines: string[]) {
  const findings: Finding[] = [];
  const file = { path: "a.conf", lines, includedFrom: null };
  const statements = lines.map((_, index): Statement => {
    const text = SourceText.ofLine(file, index + 1);
    const words = [...text.text.matchAll(/\S+/g)].map(
      (match): Word => ({
        text: match[0],
        span: text.spanOf(match.index, match.index + match[0].length),
        isQuoted: false,
      }),
    );
    return { words: words as [Word, ...Word[]], text, block: null };
  });
  const values = readBlock(statements, TABLE, "vrrp_instance", (one) => findings.push(one));
  return { values, found: foundLines(findings) };
}
