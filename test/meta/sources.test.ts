import assert from "node:assert/strict";
import test from "node:test";
import { VERSION } from "../../src/version.ts";
import { readSource, sourceFiles } from "../support/sources.ts";

const source = sourceFiles("src", ".ts", ".c", ".h");
const tests = sourceFiles("test", ".ts");

test("no file is longer than 300 lines", () => {
  const long = [...source, ...tests].filter(({ text }) => text.split("\n").length > 301);
  assert.deepEqual(
    long.map(({ path }) => path),
    [],
  );
});

test("every source file begins by saying what it models", () => {
  const silent = source.filter(({ text }) => !text.startsWith("/*"));
  assert.deepEqual(
    silent.map(({ path }) => path),
    [],
  );
});

test("nothing is left to be done later", () => {
  const mark = new RegExp(["TO" + "DO", "FIX" + "ME"].join("|"));
  const unfinished = [...source, ...tests].filter(({ text }) => mark.test(text));
  assert.deepEqual(
    unfinished.map(({ path }) => path),
    [],
  );
});

test("files are named after things, not after kinds", () => {
  const kinds = /\/(utils?|helpers?|types|common|misc)\.ts$/;
  const vague = [...source, ...tests].filter(({ path }) => kinds.test(path));
  assert.deepEqual(
    vague.map(({ path }) => path),
    [],
  );
});

test("only one file of the commands knows yargs, and only cli.ts ends the process", () => {
  const users = (pattern: RegExp) =>
    source.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
  assert.deepEqual(users(/from "yargs/), ["src/commands/parse.ts"]);
  assert.deepEqual(users(/process\.exit\(/), ["src/cli.ts"]);
});

const manifest = JSON.parse(readSource("package.json"));

test("the program tells the version of its package", () => {
  assert.equal(VERSION, manifest.version);
});

test("README explains every package that the program needs", () => {
  const readme = readSource("README.md");
  for (const name of Object.keys(manifest.dependencies))
    assert.ok(readme.includes(`\`${name}\``), name);
});
