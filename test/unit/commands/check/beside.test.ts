/** What cannot be written beside a report hides no result: it is the result only where all else is well. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { writeBeside } from "../../../../src/commands/check/beside.ts";
import { ExitCode } from "../../../../src/commands/exit-code.ts";
import { SystemError } from "../../../../src/core/errors.ts";

const full = new SystemError("write", "/m.prom", "ENOSPC", "no space left on device");

async function told(status: number, error: Error): Promise<string[]> {
  const lines: string[] = [];
  const stderr = (line: string): void => void lines.push(line);
  const write = (): Promise<void> => Promise.reject(error);
  await writeBeside(status, write, { stderr }, ["vipkit check tcp", false]);
  return lines;
}

test("a full disk is a warning beside a service that is down", async () => {
  const [line, ...more] = await told(ExitCode.negative, full);
  assert.match(line ?? "", /^vipkit check tcp: write \/m\.prom: no space left on device/);
  assert.deepEqual(more, []);
});

test("a full disk is all there is to tell of a service that is up", async () => {
  await assert.rejects(told(ExitCode.ok, full), full);
});

test("a bug is no warning, whatever the result", async () => {
  const bug = new TypeError("x");
  await assert.rejects(told(ExitCode.negative, bug), bug);
});
