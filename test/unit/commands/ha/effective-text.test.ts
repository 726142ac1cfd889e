/** What is in force with where it comes from, for people and for programs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { effectiveLines, effectiveRecord } from "../../../../src/commands/ha/effective-text.ts";
import { BAD_UMASK } from "../../../../src/config/codes/values.ts";
import type { Origin } from "../../../../src/config/effective/in-force.ts";
import { type Finding, finding } from "../../../../src/config/finding.ts";
import type { Span } from "../../../../src/config/place.ts";
import type { Shown, ShownBlock, ShownLine } from "../../../../src/config/shown/shown.ts";
import { statementsOf } from "../../../support/conf.ts";

/** Where the third line of a.conf begins. */
const SPAN: Span = statementsOf(["", "", "  x"])[0]?.words[0].span ?? assert.fail("no word");
const WRITTEN: Origin = { kind: "written", span: SPAN };
const INHERITED: Origin = { kind: "inherited", from: "global_defs", span: SPAN };
const DEFAULT: Origin = { kind: "default" };
const BY: Finding = finding(BAD_UMASK, SPAN, "x");
const corrected = (origin: Origin): Origin => ({
  kind: "corrected",
  by: BY,
  from: { value: null, origin },
});
const { code } = BAD_UMASK;

const line = (origin: Origin, changes: Partial<ShownLine> = {}): ShownLine => ({
  keyword: "priority",
  text: "100",
  origin,
  was: null,
  ...changes,
});
const block = (lines: Shown, changes: Partial<ShownBlock> = {}): ShownBlock => ({
  keyword: "vrrp_instance",
  name: "VI_1",
  origin: WRITTEN,
  lines,
  ...changes,
});
/** A line and its comment. */
const told = (one: ShownLine): string[] => effectiveLines([one])[0]?.split(/ +# /) ?? [];

test("each line tells where its value is from", () => {
  assert.deepEqual(told(line(WRITTEN)), ["priority 100", "a.conf:3"]);
  assert.deepEqual(told(line(DEFAULT)), ["priority 100", "default"]);
  assert.deepEqual(told(line(INHERITED)), ["priority 100", "inherited from global_defs, a.conf:3"]);
  assert.deepEqual(told(line(corrected(WRITTEN), { was: "300" })), [
    "priority 100",
    `corrected by ${code}, a.conf:3, was 300`,
  ]);
  assert.deepEqual(
    told(line(corrected(DEFAULT))),
    ["priority 100", `corrected by ${code}, a.conf:3`],
    "what nobody wrote is told where it was missed",
  );
});

test("a keyword alone, an entry alone, and what is dropped", () => {
  assert.equal(told(line(WRITTEN, { text: "" }))[0], "priority");
  assert.equal(told(line(WRITTEN, { keyword: "" }))[0], "100");
  assert.equal(effectiveLines([line(WRITTEN), line(WRITTEN)]).length, 2, "lines stand together");
  const [dropped = ""] = effectiveLines([line(corrected(WRITTEN), { text: null, was: "300" })]);
  assert.match(dropped, /^# no priority +# corrected by .*, was 300$/);
});

test("blocks are indented, an empty line is between the outer ones, and comments are below each other", () => {
  const inner = block([line(WRITTEN, { keyword: "" })], {
    keyword: "virtual_ipaddress",
    name: "",
    origin: null,
  });
  const lines = effectiveLines([block([line(DEFAULT), inner]), block([])]);
  assert.deepEqual(
    lines.map((one) => one.replace(/ +#/, " #")),
    [
      "vrrp_instance VI_1 { # a.conf:3",
      "    priority 100 # default",
      "    virtual_ipaddress {",
      "        100 # a.conf:3",
      "    }",
      "}",
      "",
      "vrrp_instance VI_1 { # a.conf:3",
      "}",
    ],
  );
  const columns = new Set(lines.flatMap((one) => (one.includes("#") ? [one.indexOf("#")] : [])));
  assert.deepEqual([...columns], [45]);
});

test("programs get the same with places as numbers, and every key each time", () => {
  const none = { file: null, line: null, column: null, from: null, code: null, was: null };
  const place = { file: "a.conf", line: 3, column: 3 };
  const records = [
    block([line(INHERITED), line(corrected(DEFAULT), { keyword: "", text: null, was: "7" })]),
    block([], { name: "", origin: null }),
  ].map(effectiveRecord);
  assert.deepEqual(records, [
    {
      block: "vrrp_instance",
      name: "VI_1",
      origin: "written",
      ...none,
      ...place,
      lines: [
        {
          keyword: "priority",
          value: "100",
          origin: "inherited",
          ...none,
          ...place,
          from: "global_defs",
        },
        { keyword: null, value: null, origin: "corrected", ...none, ...place, code, was: "7" },
      ],
    },
    { block: "vrrp_instance", name: null, origin: null, ...none, lines: [] },
  ]);
});

test("what is written cannot steer the terminal", () => {
  const bad = "\u001b[2J";
  const all = effectiveLines([block([line(WRITTEN, { text: bad, was: bad })], { name: bad })]);
  assert.ok(!all.join().includes("\u001b"));
});
