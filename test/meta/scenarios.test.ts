/** The table of the state machine's rules in test/scenario names what shows each. */
import assert from "node:assert/strict";
import test from "node:test";
import { readSource, sourceFiles } from "../support/sources.ts";

const rows = readSource("test/scenario/README.md")
  .split("\n")
  .filter((line) => line.startsWith("|") && !/^\| (told|---)/.test(line))
  .map((line) => ({
    line,
    scenarios: [...(line.split("|")[3] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  }));
const scenarios = new Set(
  sourceFiles("test/scenario", ".jsonl").map(({ path }) => path.replace(/.*\/|\.jsonl$/g, "")),
);

test("each rule of the state machine has its scenario", () => {
  assert.ok(rows.length > 30, "the table was not found");
  const unshown = rows.filter(
    (row) => row.scenarios.length === 0 || row.scenarios.some((name) => !scenarios.has(name ?? "")),
  );
  assert.deepEqual(
    unshown.map(({ line }) => line),
    [],
  );
});
