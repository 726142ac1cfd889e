/** What nodes are called: after their files, their directories, or as they are told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { namedNodes } from "../../../../src/commands/ha/node-files.ts";

const names = (...paths: (string | readonly [string, string])[]): string[] =>
  namedNodes(
    paths.map((one) =>
      typeof one === "string" ? { name: undefined, path: one } : { name: one[0], path: one[1] },
    ),
  ).map(({ name }) => name);

test("after their files, without .conf", () => {
  assert.deepEqual(names("/etc/a.conf", "b", "c.d/e.conf.conf"), ["a", "b", "e.conf"]);
});

test("after their directories where files have one name", () => {
  assert.deepEqual(names("x/a/k.conf", "b/k.conf"), ["a", "b"]);
});

test("a name that is given counts", () => {
  assert.deepEqual(names(["one", "k.conf"], "a/k.conf"), ["one", "k"]);
});

test("names that nothing tells apart, or that events cannot say, are refused", () => {
  for (const paths of [["k.conf", "k.conf"], ["a b.conf"], ["a@b.conf"], [".conf"]]) {
    assert.throws(() => names(...paths), { name: "UsageError", message: /write NAME=FILE/ });
  }
});
