/** Named pipes: made and removed by us alone, and never waited for. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openFifo } from "../../../src/io/fifo.ts";

const OPTIONS = { mode: 0o600, owner: null };

function pathIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-fifo-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, "fifo");
}

test("one that was made is gone at the end, whoever reads gets whole lines", async (t) => {
  const path = pathIn(t);
  const fifo = await openFifo(path, { ...OPTIONS, mode: 0o640 });
  const { mode } = statSync(path);
  assert.deepEqual([mode & 0o777, statSync(path).isFIFO()], [0o640, true]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  assert.equal(fifo.write("one\n"), true);
  const bytes = new Uint8Array(100);
  assert.equal(readSync(reader, bytes), 4);
  closeSync(reader);
  assert.equal(fifo.write("two\n"), true, "nobody reads now");
  fifo.close();
  fifo.close();
  assert.equal(existsSync(path), false);
  assert.equal(fifo.write("three\n"), false);
});

test("one that nobody reads takes lines until it is full, and never keeps us waiting", async (t) => {
  const path = pathIn(t);
  execFileSync("mkfifo", [path]);
  const fifo = await openFifo(path, OPTIONS);
  const line = `${"x".repeat(99)}\n`;
  let taken = 0;
  while (fifo.write(line)) taken += 1;
  assert.ok(taken > 100 && taken < 10_000, `${taken} lines`);
  fifo.close();
  assert.equal(existsSync(path), true, "somebody else made it");
});

test("what is no FIFO is left alone", async (t) => {
  const path = pathIn(t);
  writeFileSync(path, "text");
  await assert.rejects(openFifo(path, OPTIONS), { name: "SystemError", code: "no-fifo" });
  symlinkSync(path, `${path}-link`);
  await assert.rejects(openFifo(`${path}-link`, OPTIONS), { name: "SystemError", code: "ELOOP" });
  await assert.rejects(openFifo(`${path}/below`, OPTIONS), { name: "SystemError" });
  assert.equal(statSync(path).size, 4);
});
