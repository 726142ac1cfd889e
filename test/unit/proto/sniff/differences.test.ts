import assert from "node:assert/strict";
import { test } from "node:test";
import {
  authName,
  differences,
  isAnotherGroup,
  listChange,
  sameAuth,
} from "../../../../src/proto/sniff/differences.ts";
import { fromHex } from "../../../support/packets.ts";
import { B, type Said, sniffed } from "../../../support/sniffed.ts";

/** Between what one says and a usual master. */
const told = (said: Said, other: Said = {}): string[] =>
  differences(sniffed({ source: B, priority: 90, ...said }), sniffed(other), "master").map(
    ({ code, level, text }) => `${code} ${level}: ${text}`,
  );

const pass = (password: string): Said => ({
  version: 2,
  auth: { type: "pass", password: new TextEncoder().encode(password) },
});

const CASES: readonly [name: string, said: Said, other: Said, ...told: readonly string[]][] = [
  ["priority, source and MAC address are each router's own", {}, {}],
  ["version", { version: 2 }, {}, "version-differs warn: version 2, master 3"],
  [
    "interval",
    { intervalMs: 1000 },
    { intervalMs: 2000 },
    "interval-differs warn: interval 1s, master 2s",
  ],
  [
    "one address more",
    { addresses: ["10.0.0.100", "10.0.0.101"] },
    {},
    "addresses-differ warn: address list differs: +10.0.0.101",
  ],
  [
    "addresses in another order",
    { addresses: ["10.0.0.1", "10.0.0.2"] },
    { addresses: ["10.0.0.2", "10.0.0.1"] },
  ],
  [
    "no address in common",
    { addresses: ["10.0.0.101"] },
    {},
    "two-groups warn: VRID used by two groups: master with 10.0.0.100",
  ],
  [
    "none at all is no other group",
    { version: 2, addresses: [] },
    { version: 2 },
    "addresses-differ warn: address list differs: -10.0.0.100",
  ],
  [
    "another password, never told",
    pass("one"),
    pass("two"),
    "auth-differs warn: auth differs: another password than master",
  ],
  [
    "a password that begins alike",
    pass("one"),
    pass("one2"),
    "auth-differs warn: auth differs: another password than master",
  ],
  ["the same password", pass("one"), pass("one")],
  [
    "a password or none",
    pass("one"),
    { version: 2 },
    "auth-differs warn: auth differs: simple, master none",
  ],
];

for (const [name, said, other, ...expected] of CASES)
  test(`what differs: ${name}`, () => assert.deepEqual(told(said, other), expected));

test("a list changes by what comes and goes; beyond 8 the rest is counted", () => {
  assert.equal(listChange(["a", "b"], ["b", "c"]), "+c -a");
  assert.equal(listChange(["a", "b"], ["b", "a"]), "");
  const many = Array.from({ length: 10 }, (_, n) => `${n}`);
  assert.equal(listChange([], many), "+0 +1 +2 +3 +4 +5 +6 +7 and 2 more");
  assert.equal(listChange([], many.slice(0, 8)), "+0 +1 +2 +3 +4 +5 +6 +7");
});

test("two lists of which one is empty, or that share one address, are one group", () => {
  const [one, both] = [["10.0.0.100"], ["10.0.0.100", "10.0.0.101"]];
  const isOther = (a: readonly string[], b: readonly string[]) =>
    isAnotherGroup(sniffed({ version: 2, addresses: a }), sniffed({ version: 2, addresses: b }));
  assert.deepEqual(
    [isOther(one, both), isOther(one, []), isOther([], one), isOther(one, ["10.0.0.101"])],
    [false, false, false, true],
  );
});

test("keys of HMAC may differ: they are changed while both are believed", () => {
  const [one, two] = [{ kind: "hmac", keyId: 1 } as const, { kind: "hmac", keyId: 2 } as const];
  assert.ok(sameAuth(one, two));
  assert.ok(!sameAuth(one, { kind: "none" }));
  assert.ok(!sameAuth({ kind: "unknown", type: 3 }, { kind: "unknown", type: 4 }));
  const names = [
    authName({ kind: "unknown", type: 3 }),
    authName({ kind: "simple", password: fromHex("00") }),
  ];
  assert.deepEqual(names, ["type 3", "simple"]);
});
