import assert from "node:assert/strict";
import test from "node:test";
import { choice, flag, integer, list, placed, text } from "../../../src/commands/option.ts";
import { interfaceFilter } from "../../../src/commands/options.ts";
import { parseArgs } from "../../../src/commands/parse.ts";
import { UsageError } from "../../../src/core/errors.ts";

const describe = "What it is";
const options = {
  ...interfaceFilter,
  count: integer({ describe, short: "c", min: -9, max: 9 }),
  json: flag({ describe, short: "j" }),
  verbose: flag({ describe, short: "v" }),
  ipv4: flag({ describe, short: "4" }),
  "no-announce": flag({ describe }),
  vip: list({ describe }, String),
  route: list({ describe, phrase: true }, String),
};
const positionals = {
  verb: choice(["go", "stop"], { value: "VERB", required: true, describe }),
  rest: list({ value: "WORD", describe }, String),
};
const parse = (...words: readonly string[]) => parseArgs(words, positionals, options);
const refusal = (...words: readonly string[]): string => {
  try {
    parse(...words);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return "nothing is refused";
};

test("options may stand before, between and behind the words", () => {
  const expected = {
    verb: "go",
    rest: ["a", "b"],
    interface: "eth0",
    count: 3,
    json: true,
    verbose: true,
    ipv4: true,
    "no-announce": true,
    vip: ["1", "2"],
    route: [],
  };
  const ways = [
    "-I eth0 -c 3 -j -vv -4 --no-announce --vip 1 --vip 2 go a b",
    "go a b --interface eth0 --count 3 --json --verbose --verbose --ipv4 --no-announce --vip=1 --vip=2",
    "go -Ieth0 a -c3 -vvj4 --no-announce --vip 1 b --vip 2",
    "go a b dev eth0 -j4vvc3 --no-announce --vip=1 --vip=2",
    "-I=eth0 go a b -c=3 -jvv4 --no-announce --vip=1 --vip=2",
  ];
  for (const way of ways) assert.deepEqual(parse(...way.split(" ")), expected, way);
});

test("nothing is guessed: numbers stay texts, dots and dashes have no meaning", () => {
  assert.deepEqual(parse("go", "010", "1e3", "a.b", "-").rest, ["010", "1e3", "a.b", "-"]);
  assert.deepEqual(parse("go", "--", "-j", "--json").rest, ["-j", "--json"]);
  assert.equal(parse("go", "--count=-3").count, -3);
  assert.deepEqual(parse("go", "--vip", "no").vip, ["no"]);
});

test("what begins with one dash and is no option is a value, or a negative number", () => {
  assert.equal(parse("go", "--count", "-3").count, -3);
  assert.equal(parse("go", "-c", "-3").count, -3);
  assert.deepEqual(parse("go", "--vip", "-x", "-j").vip, ["-x"]);
  assert.deepEqual(parse("go", "-10", "-4").rest, ["-10"]);
});

test("an option that is a phrase takes the bare words behind it, up to the next option", () => {
  const expected = ["1 via 2 dev eth1", "3"];
  for (const way of [
    ["go", "--route", "1", "via", "2", "dev", "eth1", "-j", "--route", "3"],
    ["go", "--route=1", "via", "2", "dev", "eth1", "--route", "3", "--vip", "4"],
    ["go", "--route", "1 via 2 dev eth1", "--route=3", "--", "a"],
  ]) {
    assert.deepEqual(parse(...way).route, expected, way.join(" "));
  }
  assert.deepEqual(parse("--route", "1 dev a", "-I", "b", "go", "c").rest, ["c"]);
  assert.equal(parse("go", "dev", "b", "--route", "1", "dev", "a").interface, "b");
  for (const words of [
    ["--route", "1 via"],
    ["--route=1", "via"],
  ]) {
    const empty = '--route "1 via" has an empty word behind it: a variable that is not set?';
    assert.equal(refusal("go", ...words, ""), empty);
  }
});

test("each mistake is named in one line", () => {
  for (const [line, reason] of [
    ["", "VERB is missing"],
    ["walk", 'VERB "walk" is none of go, stop'],
    ["go --jsno", "unknown option --jsno (did you mean --json?)"],
    ["go --frobnicate", "unknown option --frobnicate"],
    ["go --jsno --cuont 1", "unknown option --jsno (did you mean --json?)"],
    ["go -x", "unknown option -x"],
    ["go -jx", "unknown option -x"],
    ["go --json=yes", "--json takes no value"],
    ["go --count", "--count needs a value"],
    ["go --route -j", "--route needs a value"],
    ["go --interface --json", "--interface needs a value"],
    ["go -I", "--interface needs a value"],
    ["go -I -j", "--interface needs a value"],
    ["go --interface -Ieth0", "--interface needs a value"],
    ["go --count -10", '--count "-10" is not within -9..9'],
    ["go --interface=", '--interface "" is empty'],
    ["go -c 1 -c 2", "--count is given twice"],
    ["go -c ten", '--count "ten" is no whole number'],
    ["go -I a dev b", "--interface is given twice"],
    ["go dev", "dev stands last: its value is missing"],
  ] as const) {
    assert.equal(refusal(...line.split(" ").filter((word) => word !== "")), reason, line);
  }
});

test("a word that no positional takes is one too many", () => {
  const one = { name: text({ value: "NAME", describe }) };
  assert.throws(() => parseArgs(["a", "b"], one, {}), /^UsageError: "b" is one word too many$/);
});

test("names of Object's own properties are options like any other: unknown", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"])
    assert.match(refusal("go", `--${name}`, "x"), /^unknown option --/, name);
});

test("options whose order among each other counts know their places", () => {
  const steps = { send: placed({ describe }, String), expect: placed({ describe }, String) };
  const words = ["--expect", "a", "--send=b", "--expect=c", "--", "--send=d"];
  const { send, expect } = parseArgs(words, { rest: list({ describe }, String) }, steps);
  const inOrder = [...send, ...expect].sort((a, b) => a.place - b.place);
  assert.deepEqual(
    inOrder.map(({ value }) => value),
    ["a", "b", "c"],
  );
});
