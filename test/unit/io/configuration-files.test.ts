/** Configuration files of a real file system: regular and of bounded size; nothing waits, nothing is opened to try. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { configurationFiles as files } from "../../../src/io/configuration-files.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "vipkit-configuration-")));
after(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);
const refuses = (name: string, code: string): void =>
  assert.throws(() => files.read(name), { name: "SystemError", code });

test("a regular file is read with its directory and whether it is executable", () => {
  mkdirSync(path("d"));
  writeFileSync(path("d/a.conf"), "a\n");
  symlinkSync("d/a.conf", path("link"));
  const read = files.read(path("d/a.conf"));
  assert.equal(new TextDecoder().decode(read.bytes), "a\n");
  assert.equal(read.directory, path("d"));
  assert.equal(read.isExecutable, false);
  assert.equal(files.read(path("link")).identity, read.identity);
  chmodSync(path("d/a.conf"), 0o654);
  assert.equal(files.read(path("d/a.conf")).isExecutable, true);
});

test("its place is the same by each path, and that of what replaces it", () => {
  const place = files.placeOf(path("d/a.conf"));
  assert.equal(files.placeOf(path("link")), place);
  rmSync(path("d/a.conf"));
  writeFileSync(path("d/a.conf"), "b\n");
  assert.equal(files.placeOf(path("d/a.conf")), place);
  assert.notEqual(files.placeOf(path("d")), place);
  for (const name of ["x", "\u00fc"]) {
    const mark = files.placeOf(path(name.repeat(120)));
    assert.ok(Buffer.byteLength(mark) <= 100);
  }
});

test("a file of /proc, which says that it is empty, is read whole", () => {
  assert.ok(files.read("/proc/self/status").bytes.length > 100);
});

test("what is no regular file is refused", () => {
  execFileSync("mkfifo", [path("fifo")]);
  symlinkSync("loop", path("loop"));
  refuses(folder, "EISDIR");
  refuses("/dev/zero", "no-regular-file");
  refuses(path("fifo"), "no-regular-file");
  refuses(path("loop"), "ELOOP");
  refuses(path("none"), "ENOENT");
  writeFileSync(path("large"), "");
  truncateSync(path("large"), 2 ** 40);
  refuses(path("large"), "too-large");
});

const match = (pattern: string, directory: string, left = 1000): string[] =>
  files.match(pattern, directory, { left });

test("patterns match names in the order of their bytes, relative ones below the directory", () => {
  for (const name of ["g", "g/x", "g/y"]) mkdirSync(path(name));
  for (const name of ["g/x/b.conf", "g/x/a.conf", "g/y/B.conf", "g/y/.c.conf"]) {
    writeFileSync(path(name), "");
  }
  assert.deepEqual(match("*/*.conf", path("g")), ["x/a.conf", "x/b.conf", "y/B.conf"]);
  assert.deepEqual(match(path("g/y/*"), "/"), [path("g/y/B.conf")]);
  assert.deepEqual(match("../g/x/a.conf", path("g")), ["../g/x/a.conf"]);
  assert.deepEqual(match("*.none", path("g")), []);
  assert.deepEqual(match("none", path("g")), []);
  assert.deepEqual(match("none/*", path("g")), []);
});

test("a search ends when too many entries were looked at, whichever directories they are in", () => {
  for (const name of ["many", "many/x", "many/y"]) mkdirSync(path(name));
  for (const name of ["many/x/a", "many/x/b", "many/y/a"]) writeFileSync(path(name), "");
  const looks = { left: 100 };
  assert.equal(files.match("many/*/*", folder, looks).length, 3);
  const used = 100 - looks.left;
  looks.left = used - 1;
  files.match("many/*/*", folder, looks);
  assert.ok(looks.left < 0);
  const long = { left: 1000 };
  files.match(`many/x/*${"a".repeat(100)}`, folder, long);
  assert.ok(1000 - long.left > 20 + 2, "a long pattern takes longer than a short one");
});
