import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { files } from "../../../src/io/files.ts";

function directoryFor(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-files-"));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a file is there as a whole, for its owner alone", async (t) => {
  const path = join(directoryFor(t), "one");
  await files.write(path, [bytes("a"), bytes("b")]);
  assert.equal(readFileSync(path, "utf8"), "ab");
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("what is written anew replaces a link and leaves where it leads alone", async (t) => {
  const directory = directoryFor(t);
  const [path, victim] = [join(directory, "one"), join(directory, "victim")];
  writeFileSync(victim, "kept");
  symlinkSync(victim, path);
  await files.writeAnew(path, [bytes("new")]);
  assert.equal(readFileSync(victim, "utf8"), "kept");
  assert.equal(lstatSync(path).isSymbolicLink(), false);
  assert.equal(readFileSync(path, "utf8"), "new");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(directory).sort(), ["one", "victim"]);
});

test("what is no file is not replaced, and nobody waits for who reads it", async (t) => {
  const directory = directoryFor(t);
  const [pipe, link] = [join(directory, "pipe"), join(directory, "link")];
  execFileSync("mkfifo", [pipe]);
  symlinkSync("/dev/null", link);
  for (const path of [pipe, link]) {
    await assert.rejects(files.writeAnew(path, [bytes("new")]), { code: "no-regular-file" });
  }
  assert.ok(lstatSync(pipe).isFIFO());
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.deepEqual(readdirSync(directory).sort(), ["link", "pipe"]);
});

test("what breaks off leaves the old file and nothing beside it", async (t) => {
  const directory = directoryFor(t);
  const path = join(directory, "one");
  await files.write(path, [bytes("old")]);
  function* breaking() {
    yield bytes("new");
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  }
  await assert.rejects(files.write(path, breaking()), {
    name: "SystemError",
    message: `write ${path}: no space left on device (ENOSPC)`,
  });
  assert.deepEqual(readdirSync(directory), ["one"]);
  assert.equal(readFileSync(path, "utf8"), "old");
});

test("two that write one file at the same time do so each as a whole", async (t) => {
  const directory = directoryFor(t);
  const path = join(directory, "one");
  const texts = Array.from({ length: 20 }, (_, n) => `${n}`.repeat(100));
  await Promise.all(texts.map((text) => files.write(path, Array.from(text, bytes))));
  assert.ok(texts.includes(readFileSync(path, "utf8")));
  assert.deepEqual(readdirSync(directory), ["one"]);
});

test("what a link leads to is written, and the link stays", async (t) => {
  const directory = directoryFor(t);
  mkdirSync(join(directory, "there"));
  const [link, path] = [join(directory, "link"), join(directory, "there", "one")];
  writeFileSync(path, "old");
  symlinkSync(path, link);
  await files.write(link, [bytes("new")]);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(readFileSync(path, "utf8"), "new");
});

test("a FIFO is written to, and not replaced by a file", async (t) => {
  const path = join(directoryFor(t), "fifo");
  execFileSync("mkfifo", [path]);
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  t.after(() => closeSync(fd));
  await files.write(path, [bytes("a"), bytes("b")]);
  assert.equal(readFileSync(fd, "utf8"), "ab");
  assert.ok(statSync(path).isFIFO());
});

test("a directory that is gone is an error of the call that needs it", async (t) => {
  const gone = join(directoryFor(t), "gone");
  await assert.rejects(files.write(join(gone, "one"), []), { code: "ENOENT", op: "write" });
  await assert.rejects(files.list(gone), { code: "ENOENT", subject: gone });
  await files.remove(join(gone, "one"));
});

test("a directory is made for its owner alone, and one that is there is left as it is", (t) => {
  const directory = directoryFor(t);
  const made = files.makeDirectory(join(directory, "a"));
  assert.equal(made, join(directory, "a"));
  assert.equal(statSync(made).mode & 0o777, 0o700);
  mkdirSync(join(directory, "b"), { mode: 0o755 });
  files.makeDirectory(join(directory, "b"));
  assert.equal(statSync(join(directory, "b")).mode & 0o777, 0o755);
  writeFileSync(join(directory, "c"), "");
  assert.throws(() => files.makeDirectory(join(directory, "c")), { code: "EEXIST", op: "mkdir" });
});

test("whether a directory could be made is found by making it, and nothing of it stays", (t) => {
  const directory = directoryFor(t);
  const path = join(directory, "records");
  files.tryDirectory(path);
  assert.deepEqual(readdirSync(directory), []);
  mkdirSync(path);
  files.tryDirectory(path);
  assert.deepEqual(readdirSync(directory), ["records"]);
  writeFileSync(join(directory, "file"), "");
  assert.throws(() => files.tryDirectory(join(directory, "file")), { code: "EEXIST" });
  assert.throws(() => files.tryDirectory(join(directory, "no", "parent")), { code: "ENOENT" });
});

test("a file that all are to read can be read by all, whatever stood there", async (t) => {
  const directory = directoryFor(t);
  const path = join(directory, "public");
  await files.write(path, [bytes("mine")]);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  await files.write(path, [bytes("ours")], "all");
  assert.equal(statSync(path).mode & 0o777, 0o644 & ~process.umask());
});

test("lines are appended, also behind one that breaks off, for the owner alone", async (t) => {
  const path = join(directoryFor(t), "gone", "journal");
  assert.equal(await files.append(path, bytes("one\n")), 4);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(join(path, "..")).mode & 0o777, 0o700);
  writeFileSync(path, "one\ntw");
  assert.equal(await files.append(path, bytes("three\n")), 13);
  assert.equal(readFileSync(path, "utf8"), "one\ntw\nthree\n");
  await assert.rejects(files.append("/dev/full", bytes("x")), { code: "ENOSPC", op: "append" });
  const lost = join(path, "no", "parent");
  await assert.rejects(files.append(lost, bytes("x")), { code: "ENOTDIR" });
});

test("a file takes the place of another one", async (t) => {
  const directory = directoryFor(t);
  const [one, other] = [join(directory, "one"), join(directory, "other")];
  writeFileSync(one, "1");
  writeFileSync(other, "2");
  await files.rename(one, other);
  assert.deepEqual(readdirSync(directory), ["other"]);
  await assert.rejects(files.rename(one, other), { code: "ENOENT", op: "rename" });
});
