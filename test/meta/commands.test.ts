import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { GROUPS } from "../../src/commands/groups.ts";
import { COMMANDS, loadCommands } from "../../src/commands/index.ts";
import { manPages } from "../../src/commands/man-page.ts";
import { parseArgs } from "../../src/commands/parse.ts";
import { allOptions } from "../../src/commands/usage.ts";
import { splitWords } from "../../src/core/words.ts";
import { ROOT, readSource } from "../support/sources.ts";

const commands = await loadCommands();

test("the list is sorted, and each entry loads the command of its name", () => {
  const names = COMMANDS.map(({ name }) => name);
  for (const [index, name] of names.entries()) assert.ok((names[index - 1] ?? "") < name);
  assert.deepEqual(
    commands.map(({ name }) => name),
    names,
  );
});

test("the groups are those that have commands", () => {
  const groups = new Set(commands.flatMap(({ name }) => name.split(" ").slice(0, -1)));
  assert.deepEqual(Object.keys(GROUPS), [...groups]);
});

for (const command of commands) {
  const path = command.name.replace(" ", "/");

  test(`${command.name} stands in its own file and has a test of its own`, () => {
    assert.ok(existsSync(join(ROOT, `src/commands/${path}.ts`)));
    assert.ok(existsSync(join(ROOT, `test/unit/commands/${path}.test.ts`)));
  });

  test(`${command.name} is described in the form that help and man pages expect`, () => {
    assert.match(command.summary, /^[A-Z][^\n]*[^.]$/);
    assert.ok(command.summary.length <= 60, "the summary fits beside the name");
    assert.ok(command.description.length > 0);
    for (const paragraph of command.description) assert.match(paragraph, /^[^\n]*[.)]$/);
    for (const [name, option] of Object.entries(allOptions(command))) {
      assert.match(name, /^[a-z][a-z0-9-]*$/);
      assert.match(option.describe, /^[A-Z0-9][^\n]*[^.]$/, name);
    }
    for (const meaning of Object.values(command.exitStatus ?? {})) assert.match(meaning, /\.$/);
    const shorts = Object.values(allOptions(command)).flatMap(({ short }) => short ?? []);
    assert.equal(new Set(shorts).size, shorts.length, "a letter means one option");
  });

  test(`${command.name} has three examples that it understands itself`, () => {
    assert.equal(command.examples.length, 3);
    for (const [line, explanation] of command.examples) {
      const split = splitWords(line);
      assert.ok(split.ok, line);
      const own = command.name.split(" ");
      assert.deepEqual(split.words.slice(0, own.length), own);
      parseArgs(split.words.slice(own.length), command.positionals, allOptions(command));
      assert.match(explanation, /^[A-Z]/);
    }
  });
}

test("README shows lines that are understood", () => {
  const lines = readSource("README.md").split("\n");
  const shown = lines.filter((line) => line.startsWith("vipkit "));
  const from = lines.findIndex((line) => line.startsWith("vrrp_instance"));
  const besideConf = lines.slice(from, lines.indexOf("```", from));
  const column = besideConf[0]?.indexOf("vipkit");
  shown.push(besideConf.map((line) => line.slice(column)).join(" "));
  for (const line of shown) {
    const split = splitWords(line.replace(/ (&&|#) .*/, ""));
    assert.ok(split.ok, line);
    const [, group, name, ...words] = split.words;
    const command = commands.find((each) => each.name === `${group} ${name}`);
    assert.ok(command, line);
    parseArgs(words, command.positionals, allOptions(command));
  }
});

test("man pages are fresh (npm run gen)", () => {
  const pages = manPages(commands);
  const wanted = new Set(pages.map(({ fileName }) => fileName));
  assert.deepEqual(new Set(readdirSync(join(ROOT, "man"))), wanted);
  for (const { fileName, roff } of pages) assert.equal(readSource(`man/${fileName}`), roff);
});
