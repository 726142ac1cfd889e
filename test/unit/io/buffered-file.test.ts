import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { files } from "../../../src/io/files.ts";
import { ROOT } from "../../support/sources.ts";

function directoryFor(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-buffered-"));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("what is written is there after a flush, after 64 KiB and at the end, for its owner alone", (t) => {
  const path = join(directoryFor(t), "one");
  const file = files.create(path);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  file.write(bytes("a"));
  assert.equal(readFileSync(path, "utf8"), "");
  file.flush();
  assert.equal(readFileSync(path, "utf8"), "a");
  file.write(bytes("b"));
  file.write(bytes("c".repeat(65_536)));
  assert.equal(statSync(path).size, 2);
  file.write(bytes("d".repeat(100_000)));
  assert.equal(statSync(path).size, 2 + 65_536 + 100_000);
  file.write(bytes("e"));
  file.close();
  file.close();
  const content = readFileSync(path, "utf8");
  assert.equal(content, `ab${"c".repeat(65_536)}${"d".repeat(100_000)}e`);
});

test("the bytes are the caller's again once they are written", (t) => {
  const path = join(directoryFor(t), "one");
  const file = files.create(path);
  const reused = bytes("a");
  file.write(reused);
  reused.fill(0);
  file.close();
  assert.equal(readFileSync(path, "utf8"), "a");
});

test("what was there is written over, and keeps its mode", (t) => {
  const path = join(directoryFor(t), "one");
  writeFileSync(path, "longer than the new one", { mode: 0o640 });
  files.create(path).close();
  assert.deepEqual([statSync(path).size, statSync(path).mode & 0o777], [0, 0o640]);
});

test("a full disk is told once, with the file's name, and it can be closed", () => {
  const file = files.create("/dev/full");
  file.write(bytes("x"));
  assert.throws(() => file.flush(), {
    name: "SystemError",
    message: "write /dev/full: no space left on device (ENOSPC)",
  });
  file.close();
  const another = files.create("/dev/full");
  another.write(bytes("x"));
  assert.throws(() => another.close(), { code: "ENOSPC" });
  another.close();
});

test("what cannot be made is named", (t) => {
  const directory = directoryFor(t);
  assert.throws(() => files.create(directory), { code: "EISDIR", op: "write", subject: directory });
  const path = join(directory, "no", "parent");
  assert.throws(() => files.create(path), { code: "ENOENT", subject: path });
  const fifo = join(directory, "fifo");
  spawnSync("mkfifo", [fifo]);
  assert.throws(() => files.create(fifo), {
    message: `write ${fifo}: nobody reads this FIFO (ENXIO)`,
  });
});

/** Writes to standard output in a process of its own, in which that does not wait, as Node.js has it. */
function writingTo(command: string): { readonly status: number | null; readonly stderr: string } {
  const program = `import { files } from ${JSON.stringify(join(ROOT, "dist/src/io/files.js"))};
    process.stdout.on("error", () => {});
    const file = files.create("-");
    try {
      for (let n = 0; n < 30; n += 1) file.write(new Uint8Array(100_000).fill(120));
      file.close();
    } catch (error) { process.stderr.write(error.code + " " + error.subject); }`;
  return spawnSync(
    "sh",
    ["-c", `"$1" --input-type=module -e "$2" | ${command}`, "sh", process.execPath, program],
    { encoding: "utf8" },
  );
}

test("a slow reader of standard output gets every byte", () => {
  const { status, stderr } = writingTo(
    '{ unset LD_PRELOAD; test "$(dd bs=64 2>/dev/null | wc -c)" = 3000000; }',
  );
  assert.deepEqual([status, stderr], [0, ""]);
});

test("a reader of standard output that has gone is told as such", () => {
  assert.equal(writingTo("head -c 10 >/dev/null").stderr, "EPIPE standard output");
});
