import assert from "node:assert/strict";
import { test } from "node:test";
import { programFinding } from "../../../../src/proto/check/program-end.ts";

const ended = (exitCode: number) => ({ exitCode, signal: null, startError: null });
const brief = (exitCode: number, isWeighted = true) => {
  const { verdict, class: code, facts } = programFinding(ended(exitCode), "x", isWeighted);
  return [verdict, code, facts.weight];
};

test("0 is up, 1 is down, 2 to 255 are up with a weight, as with misc_dynamic", () => {
  assert.deepEqual(brief(0), ["up", "PROCOK", undefined]);
  assert.deepEqual(brief(1), ["down", "PROCERR", undefined]);
  assert.deepEqual(brief(2), ["up", "PROCOK", 0]);
  assert.deepEqual(brief(255), ["up", "PROCOK", 253]);
});

test("without weights every status but 0 is down", () => {
  assert.deepEqual(brief(0, false), ["up", "PROCOK", undefined]);
  for (const status of [1, 2, 127, 255])
    assert.deepEqual(brief(status, false), ["down", "PROCERR", undefined]);
});

test("death by a signal is down; what could not be started says nothing of the service", () => {
  const killed = programFinding({ exitCode: null, signal: "SIGSEGV", startError: null }, "x", true);
  assert.deepEqual([killed.verdict, killed.class], ["down", "PROCERR"]);
  assert.match(killed.detail, /SIGSEGV/);
  for (const startError of ["ENOENT", "EACCES", "EPERM", "ENOEXEC", "EXDEV"]) {
    const finding = programFinding({ exitCode: null, signal: null, startError }, "x", true);
    assert.deepEqual([finding.verdict, finding.class], ["unknown", "UNK"], startError);
    assert.ok(finding.detail.endsWith(`(${startError})`));
  }
});
