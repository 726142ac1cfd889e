import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCheckList } from "../../../../src/commands/check/check-list.ts";
import { UsageError } from "../../../../src/core/errors.ts";

const read = (text: string) => parseCheckList(text, "f");
const refused = async (text: string): Promise<string> => {
  try {
    await read(text);
    return "understood";
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.message;
  }
};

test("YAML and JSON are a list of maps, all of it text with its place", async () => {
  const yaml =
    "# ours\n- kind: tcp\n  targets: [a:1, 'b:2']\n  mark: 0x10\n- {kind: exec, first: yes}\n";
  const [first, second] = await read(yaml);
  assert.equal(first?.where, "f:2:3");
  const [at9, at12] = ["f:2:9", "f:3:12"];
  assert.deepEqual(first?.fields, [
    { key: "kind", keyWhere: "f:2:3", texts: ["tcp"], wheres: [at9], where: at9 },
    {
      key: "targets",
      keyWhere: "f:3:3",
      texts: ["a:1", "b:2"],
      wheres: ["f:3:13", "f:3:18"],
      where: at12,
    },
    { key: "mark", keyWhere: "f:4:3", texts: ["0x10"], wheres: ["f:4:9"], where: "f:4:9" },
  ]);
  assert.deepEqual(second?.fields[1]?.texts, ["yes"]);
  const [json] = await read('[{"kind": "tcp",\n "retry": 3, "first": true}]');
  assert.deepEqual(
    json?.fields.map(({ texts, where }) => [...texts, where]),
    [
      ["tcp", "f:1:11"],
      ["3", "f:2:11"],
      ["true", "f:2:23"],
    ],
  );
});

test("each mistake is told with its line and column", async () => {
  assert.match(await refused("kind: tcp"), /^f:1:1: this is no list of checks: begin each with -/);
  assert.match(await refused(""), /^f:1:1: this is no list/);
  assert.match(await refused("- tcp"), /^f:1:3: a check is a map/);
  assert.match(await refused("- kind: {a: b}"), /^f:1:9: is neither text/);
  assert.match(await refused("- kind: tcp\n  kind: udp"), /^f:2:3: /);
  assert.match(await refused("- kind: tcp\n---\n- kind: tcp"), /^f:2:1: is a second document/);
  assert.match(await refused("- kind: 'tcp\n"), /^f:\d:\d+: /);
  assert.match(await refused("- &a {kind: tcp}\n- *a"), /^f:2:3: an alias \(\*\) is not followed/);
});

test("hostile files end soon, with a reason", async () => {
  for (const open of ["[", "{", "[{", "- ", "? ", "[\n", "{a: ", "[a, "])
    assert.match(await refused(open.repeat(500_000)), /nested too deeply/, open);
  const bomb = "- &a {x: [*a, *a]}\n- kind: *a\n";
  assert.match(await refused(bomb), /^f:1:1\d: is neither text/);
  assert.match(await refused("- {kind: tcp}\n".repeat(10_001)), /more than 10000 checks/);
});

test("any text is understood or refused, with nothing else thrown", async () => {
  const bits = fc.constantFrom(
    "- ",
    "kind",
    ": ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    "'",
    "&a",
    "*a",
    "!!x ",
    "|",
    "\0",
    "?",
    ",",
  );
  const texts = fc.array(bits, { maxLength: 30 }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.oneof(texts, fc.string()), async (text) => void (await refused(text))),
  );
});
