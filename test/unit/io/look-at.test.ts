/** The way to a program: each directory of it, links followed, as far as there is something. */
import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { wayToProgram } from "../../../src/core/path-walk.ts";
import { lookAt } from "../../../src/io/look-at.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "vipkit-way-")));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
mkdirSync(at("d"));
writeFileSync(at("d/x.sh"), "#!/bin/sh\n");
chmodSync(at("d"), 0o775);
chmodSync(at("d/x.sh"), 0o754);
symlinkSync("../d", at("d/up"));
symlinkSync(at("d/x.sh"), at("link.sh"));
symlinkSync("round", at("round"));

const wayTo = (name: string) => wayToProgram(name, "/no/such/directory:/usr/bin:/bin", lookAt);

/** What is behind the folder of the test. */
const ending = (name: string): string[] =>
  wayTo(name)
    .map(({ path, kind, mode }) => `${path} ${kind} ${mode.toString(8)}`)
    .filter((line) => line.startsWith(`${folder}/`))
    .map((line) => line.slice(folder.length + 1));

test("each directory from / to the file, with its mode", () => {
  assert.deepEqual(ending(at("d/x.sh")), ["d directory 775", "d/x.sh file 754"]);
  assert.equal(wayTo(at("d/x.sh"))[0]?.path, "/");
});

test("links are followed, also of directories and back", () => {
  const way = ["d directory 775", "d/x.sh file 754"];
  assert.deepEqual(ending(at("link.sh")), way);
  assert.deepEqual(ending(at("d/up/x.sh")), way);
  assert.deepEqual(ending(at("d/../d/x.sh")), way);
});

test("the first part that is not there is the last one, also behind a file and in a loop of links", () => {
  assert.deepEqual(ending(at("no/x.sh")), ["no missing 0"]);
  assert.deepEqual(ending(at("d/x.sh/y")).at(-1), "d/x.sh/y missing 0");
  assert.deepEqual(ending(at("round")).at(-1)?.split(" ").slice(0, 2), ["round", "other"]);
});

test("a name is looked for in PATH, a relative path nowhere", () => {
  assert.equal(wayTo("sh").at(-1)?.kind, "file");
  assert.deepEqual(wayTo("no-such-program"), []);
  assert.deepEqual(wayTo("./sh"), []);
});
