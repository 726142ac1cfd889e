import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { files } from "../../../src/io/files.ts";
import { ROOT } from "../../support/sources.ts";

function directoryFor(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-chunks-"));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

function fifoFor(t: TestContext): string {
  const path = join(directoryFor(t), "fifo");
  execFileSync("mkfifo", [path]);
  return path;
}

const never = new AbortController().signal;
const ADAPTER = join(ROOT, "dist/src/io/files.js");

async function readAll(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await files.read(path, (chunk) => void chunks.push(Buffer.from(chunk)), never);
  return Buffer.concat(chunks);
}

test("a file is read as a whole, in chunks, and others get their turn between them", async (t) => {
  const path = join(directoryFor(t), "one");
  const bytes = Uint8Array.from({ length: 600_000 }, (_, n) => n % 251);
  writeFileSync(path, bytes);
  assert.ok((await readAll(path)).equals(bytes));
  let turns = 0;
  let count = 0;
  setImmediate(() => {
    turns += 1;
  });
  await files.read(
    path,
    () => {
      count += 1;
      assert.equal(turns, count === 1 ? 0 : 1);
    },
    never,
  );
  assert.equal(count, 3);
  writeFileSync(path, "");
  assert.equal((await readAll(path)).length, 0);
});

test("the next chunk waits until the one before is done with, and none comes after the end", async (t) => {
  const path = join(directoryFor(t), "one");
  writeFileSync(path, Buffer.alloc(600_000, 7));
  const stop = new AbortController();
  let open = 0;
  let count = 0;
  await files.read(
    path,
    async (chunk) => {
      open += 1;
      assert.equal(open, 1);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(chunk[0], 7);
      open -= 1;
      count += 1;
      if (count === 2) stop.abort();
    },
    stop.signal,
  );
  assert.equal(count, 2);
});

test("of a FIFO each piece is given at once, to the end", async (t) => {
  const path = fifoFor(t);
  const writer = createWriteStream(path);
  writer.write("one");
  const pieces: string[] = [];
  await files.read(
    path,
    (chunk) => {
      const piece = new TextDecoder().decode(chunk);
      pieces.push(piece);
      if (piece === "one")
        writer.write("two"); // not before the first was seen
      else writer.end();
    },
    never,
  );
  assert.deepEqual(pieces, ["one", "two"]);
});

test("a FIFO that nobody writes to keeps nobody from ending", async (t) => {
  const stop = new AbortController();
  const reading = files.read(fifoFor(t), () => assert.fail("nothing was written"), stop.signal);
  setImmediate(() => stop.abort());
  await reading;
});

test("standard input is read, be it a pipe or a file", async (t) => {
  const path = join(directoryFor(t), "one");
  writeFileSync(path, "content");
  const program = `import { files } from ${JSON.stringify(ADAPTER)};
    await files.read("-", (chunk) => void process.stdout.write(chunk), new AbortController().signal);`;
  const run = (redirection: string) =>
    execFileSync(
      "sh",
      ["-c", `${redirection} "$1" --input-type=module -e "$2"`, "sh", process.execPath, program],
      { encoding: "utf8", env: { ...process.env, FILE: path } },
    );
  assert.equal(run('cat "$FILE" |'), "content");
  assert.equal(run('<"$FILE"'), "content");
});

test("what cannot be read is named, with the errno", async (t) => {
  const directory = directoryFor(t);
  const read = (path: string) => files.read(path, () => {}, never);
  await assert.rejects(read(directory), {
    name: "SystemError",
    message: `read ${directory}: illegal operation on a directory (EISDIR)`,
  });
  await assert.rejects(read(join(directory, "none")), { code: "ENOENT", op: "read" });
  const loop = join(directory, "loop");
  symlinkSync(loop, loop);
  await assert.rejects(read(loop), { code: "ELOOP", subject: loop });
});

test("what the receiver throws comes through as it is, and the file is closed", async (t) => {
  const path = join(directoryFor(t), "one");
  writeFileSync(path, "content");
  const fifo = fifoFor(t);
  for (const source of [path, fifo]) {
    const writer = source === fifo ? spawn("sh", ["-c", `echo x >${fifo}`]) : undefined;
    const refusing = files.read(
      source,
      () => {
        throw new TypeError("no more");
      },
      never,
    );
    await assert.rejects(refusing, { name: "TypeError", message: "no more" });
    writer?.kill();
  }
});
