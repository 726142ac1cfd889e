import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonFlaw, parseJsonExpectation } from "../../../../src/proto/check/json-value.ts";

const flaw = (root: unknown, text: string): string | undefined => {
  const expectation = parseJsonExpectation(text);
  assert.ok(typeof expectation !== "string", `${expectation}`);
  return jsonFlaw(root, expectation);
};
const ROOT = { status: "green", nodes: [{ up: true, load: 0.5 }, null], "a-b": { "": 1 }, n: null };

test("a path leads through members and lists to a value", () => {
  for (const text of [
    "status=green",
    "nodes[0].up=true",
    "nodes[0].load=0.5",
    "nodes[1]=null",
    "n=null",
  ])
    assert.equal(flaw(ROOT, text), undefined, text);
  assert.equal(flaw([[1, 2]], "[0][1]=2"), undefined);
  assert.equal(flaw({ a: "x=y" }, "a=x=y"), undefined);
  assert.equal(flaw({ a: "" }, "a="), undefined);
});

test("another value, none, and one that is no single value are told apart", () => {
  assert.equal(flaw(ROOT, "status=red"), "JSON status is green, not red");
  assert.equal(flaw(ROOT, "nodes[2].up=true"), "JSON has no nodes[2].up");
  assert.equal(flaw(ROOT, "status.x=1"), "JSON has no status.x");
  assert.equal(flaw(ROOT, "nodes=1"), "JSON nodes is a list, not 1");
  assert.equal(flaw(ROOT, "a-b=1"), "JSON a-b is an object, not 1");
  assert.equal(flaw(null, "a=1"), "JSON has no a");
});

test("nothing but what the text says is found", () => {
  for (const text of ["constructor.name=Object", "__proto__.x=1", "nodes.length=2"])
    assert.match(`${flaw(ROOT, text)}`, /has no/);
});

test("a value of any length is quoted in part", () => {
  assert.ok(`${flaw({ a: "x".repeat(9999) }, "a=y")}`.length < 100);
});

test("what is no path is refused", () => {
  for (const text of ["a", "=1", "a..b=1", "a[x]=1", "a[1=1", ".a=1", "a.=1", "a[0]b=1"])
    assert.equal(typeof parseJsonExpectation(text), "string", text);
});
