/** YAML that a person gave: mistakes with their places, limits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readYaml } from "../../../src/app/yaml-text.ts";

const read = (text: string) => readYaml(text, "f", "one map");

test("mistakes of the text have their places", async () => {
  for (const [text, told] of [
    ["a: 1\na: 2", /^UsageError: f:2:1: /],
    ["a: [1", /^UsageError: f:1:6: /],
    ["a: 1\n---\nb: 1", /^UsageError: f:2:1: is a second document: one map is expected$/],
    ["[".repeat(100), /^UsageError: f:1:\d+: is nested too deeply$/],
  ] as const)
    await assert.rejects(read(text), told, text);
});

test("scalars are text, whatever they look like", async () => {
  const { contents, nodes } = await read("a: 0755\nb: yes\nc: ''\n");
  const { a, b, c } = nodes.fields(contents, "three", ["a", "b", "c"]);
  assert.deepEqual(
    [a, b, c].map((node) => nodes.text(node)),
    ["0755", "yes", ""],
  );
});

test("a node is what it has to be, or is refused with its place", async () => {
  const { contents, nodes } = await read("a: {}\nb: [1]\nc: 5\nd: *x\ne: true\n");
  const names = ["a", "b", "c", "d", "e"] as const;
  const { a, b, c, d, e } = nodes.fields(contents, "five", names);
  assert.equal(nodes.integer(c, 0, 5), 5);
  assert.equal(nodes.integer(undefined, 0, 5, 3), 3);
  assert.equal(nodes.boolean(e, false), true);
  assert.equal(nodes.boolean(undefined, true), true);
  assert.deepEqual(nodes.list(undefined, "things"), []);
  assert.throws(() => nodes.text(a), /^UsageError: f:1:4: is no text$/);
  assert.throws(() => nodes.map(b, "things"), /^UsageError: f:2:4: is no map of things$/);
  assert.throws(() => nodes.list(c, "things"), /^UsageError: f:3:4: is no list of things$/);
  assert.throws(() => nodes.text(d), /^UsageError: f:4:4: an alias/);
  assert.throws(
    () => nodes.integer(c, 0, 4),
    /^UsageError: f:3:4: "5" is no whole number of 0\.\.4$/,
  );
  assert.throws(() => nodes.fields(contents, "one", ["aa"]), /f:1:1: "a" is none of aa/);
});
