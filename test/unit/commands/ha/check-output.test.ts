/** The forms in which findings are told: which of them, where, and how many at most. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Context } from "../../../../src/commands/define.ts";
import { type CheckForm, CheckOutput } from "../../../../src/commands/ha/check-output.ts";
import { NOT_ACTED_ON, UNKNOWN_KEYWORD, UNUSED_WORDS } from "../../../../src/config/codes/words.ts";
import { finding } from "../../../../src/config/finding.ts";

const file = { path: "a", lines: ["x"], includedFrom: null };
const span = { place: { file, line: 1, column: 1, definedAt: null }, length: 1 };
const FOUND = [UNKNOWN_KEYWORD, UNUSED_WORDS, NOT_ACTED_ON].map((kind) => finding(kind, span, "m"));
const same = (text: string): string => text;

function told(form: CheckForm, findings = FOUND, tellsNotes = false) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const output = new CheckOutput(form, tellsNotes, {
    stdout: (line: string) => void stdout.push(line),
    stderr: (line: string) => void stderr.push(line),
    paint: { red: same, yellow: same, green: same },
    columns: undefined,
  } as unknown as Context);
  output.say("beside\u001b");
  output.tell("a", findings);
  output.end(true);
  return { stdout, stderr };
}
const codes = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => /\[(vk\d+)\]/.exec(line)?.[1] ?? []);

test("as text without notes unless they are wanted; the count is of all", () => {
  const { stdout, stderr } = told("text");
  assert.deepEqual(codes(stdout), ["vk103", "vk104"]);
  assert.deepEqual(stderr, ["beside\\x1b", "a: 1 error, 1 warning, 1 note (-v tells the notes)"]);
  assert.deepEqual(codes(told("text", FOUND, true).stdout), ["vk103", "vk104", "vk140"]);
});

test("as JSON a line for each, notes too, and a summary; nothing beside them", () => {
  const { stdout, stderr } = told("json");
  const records = stdout.map((line) => JSON.parse(line));
  assert.deepEqual(
    records.map(({ code }) => code),
    ["vk103", "vk104", "vk140", undefined],
  );
  const counts = { errors: 1, warnings: 1, notes: 1, left_out: 0 };
  assert.deepEqual(records.at(-1), { type: "summary", file: "a", ...counts });
  assert.deepEqual(stderr, []);
});

test("SARIF is one document for all files; none says nothing", () => {
  const { stdout } = told("sarif");
  assert.equal(stdout.length, 1);
  assert.equal(JSON.parse(stdout[0] ?? "").runs[0].results.length, 3);
  assert.deepEqual(told("none"), { stdout: [], stderr: [] });
});

test("of more than a thousand the first are told, and how many are not", () => {
  const many = Array.from({ length: 1003 }, () => finding(UNKNOWN_KEYWORD, span, "m"));
  const { stdout, stderr } = told("text", many);
  assert.equal(codes(stdout).length, 1000);
  assert.equal(stdout.at(-1), "... and 3 more");
  assert.equal(stderr.at(-1), "a: 1003 errors");
  assert.equal(JSON.parse(told("json", many).stdout.at(-1) ?? "").left_out, 3);
});
