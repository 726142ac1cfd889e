/** The record of a finding has each key always, and says of each place where it is and how long. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingRecord } from "../../../../src/commands/ha/finding-record.ts";
import { UNKNOWN_KEYWORD } from "../../../../src/config/codes/words.ts";
import { finding } from "../../../../src/config/finding.ts";

const file = { path: "/etc/a.conf", lines: ["", " priorty 1"], includedFrom: null };
const span = { place: { file, line: 2, column: 2, definedAt: null }, length: 7 };
const place = { file: "/etc/a.conf", line: 2, column: 2, length: 7 };
const { code, severity, title } = UNKNOWN_KEYWORD;
const least = { type: "finding", code, severity, title, ...place };

test("what a finding does not have is null or an empty list", () => {
  assert.deepEqual(findingRecord(finding(UNKNOWN_KEYWORD, span, "m")), {
    ...least,
    ...{ message: "m", help: null, related: [], fixes: [] },
  });
});

test("other places and fixes have places of their own", () => {
  const more = {
    help: "h",
    related: [{ span: { ...span, length: 3 }, message: "there" }],
    edits: [{ span: { ...span, length: 0 }, text: "priority" }],
  };
  assert.deepEqual(findingRecord(finding(UNKNOWN_KEYWORD, span, () => "late", more)), {
    ...least,
    ...{ message: "late", help: "h" },
    related: [{ ...place, length: 3, message: "there" }],
    fixes: [{ ...place, length: 0, text: "priority" }],
  });
});
