/** A file is replaced whole or not at all, and is what it was but for its bytes. */
import assert from "node:assert/strict";
import fs, {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { configurationFiles } from "../../../src/io/configuration-files.ts";

const folder = mkdtempSync(join(tmpdir(), "vipkit-replace-"));
after(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("other bytes, the same mode; nothing else is left in the directory", () => {
  mkdirSync(path("d"));
  writeFileSync(path("d/a"), "old");
  chmodSync(path("d/a"), 0o640);
  configurationFiles.replace(path("d/a"), bytes("new"), bytes("old"));
  assert.equal(readFileSync(path("d/a"), "utf8"), "new");
  assert.equal(statSync(path("d/a")).mode & 0o7777, 0o640);
  assert.deepEqual(readdirSync(path("d")), ["a"]);
});

test("a link goes on leading to it", () => {
  mkdirSync(path("e"));
  writeFileSync(path("e/target"), "old");
  symlinkSync("e/target", path("link"));
  configurationFiles.replace(path("link"), bytes("new"), bytes("old"));
  assert.ok(lstatSync(path("link")).isSymbolicLink());
  assert.equal(readFileSync(path("e/target"), "utf8"), "new");
});

test("what was changed meanwhile is not lost", () => {
  writeFileSync(path("b"), "of somebody else");
  assert.throws(() => configurationFiles.replace(path("b"), bytes("new"), bytes("old")), {
    name: "SystemError",
    code: "changed",
  });
  assert.equal(readFileSync(path("b"), "utf8"), "of somebody else");
});

test("the owner stays, or nothing is done", {
  skip: process.getuid?.() !== 0 && "not root",
}, () => {
  writeFileSync(path("c"), "old");
  chownSync(path("c"), 65534, 65533);
  configurationFiles.replace(path("c"), bytes("new"), bytes("old"));
  const { uid, gid } = statSync(path("c"));
  assert.deepEqual([uid, gid], [65534, 65533]);
});

test("a file that nobody may write, or that has other names, is left as it is", () => {
  writeFileSync(path("r"), "old", { mode: 0o444 });
  const replace = (name: string) => () =>
    configurationFiles.replace(path(name), bytes("new"), bytes("old"));
  assert.throws(replace("r"), { code: "read-only" });
  writeFileSync(path("l"), "old");
  linkSync(path("l"), path("l2"));
  assert.throws(replace("l"), { code: "hard-link" });
  assert.deepEqual(
    [readFileSync(path("r"), "utf8"), readFileSync(path("l2"), "utf8")],
    ["old", "old"],
  );
});

test("root is told to look at the attributes of a file, others that they may not write it", (t) => {
  mkdirSync(path("i"));
  writeFileSync(path("i/a"), "old");
  const refusal = Object.assign(new Error("EPERM: operation not permitted"), { code: "EPERM" });
  // As the kernel refuses to replace what is immutable, which not everybody may make.
  t.mock.method(fs, "renameSync", () => {
    throw refusal;
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  for (const [euid, expected] of [
    [0, { code: "immutable", message: /lsattr/ }],
    [1000, { code: "EPERM" }],
  ] as const) {
    t.mock.method(process as { geteuid: () => number }, "geteuid", () => euid);
    assert.throws(
      () => configurationFiles.replace(path("i/a"), bytes("new"), bytes("old")),
      expected,
    );
    assert.deepEqual(readdirSync(path("i")), ["a"]);
  }
});
