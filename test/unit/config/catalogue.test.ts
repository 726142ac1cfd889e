/** The catalogue has every keyword of keepalived 2.4.3 where it may stand, and no other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { present } from "../../../src/config/arguments.ts";
import { blockOf } from "../../../src/config/block.ts";
import { catalogue } from "../../../src/config/catalogue.ts";
import { keyword } from "../../../src/config/keyword.ts";
import { CONF_KEYWORDS } from "../../vectors/conf-keywords.ts";

const ENTRIES = catalogue();

test("every keyword stands where keepalived knows it, and nowhere else", () => {
  const listed = ENTRIES.flatMap(({ name, within }) => within.map((at) => `${at}: ${name}`));
  const known = Object.entries(CONF_KEYWORDS).flatMap(([at, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => `${at}: ${name}`),
  );
  assert.deepEqual(new Set(listed), new Set(known));
  assert.ok(new Set(ENTRIES.map(({ name }) => name)).size >= 350);
});

test("entries are in the order of their names, and name each block once", () => {
  for (const [index, { name, within }] of ENTRIES.entries()) {
    assert.equal(new Set(within).size, within.length, name);
    assert.ok(name >= (ENTRIES[index - 1]?.name ?? ""), name);
  }
});

test("a keyword that means the same in two blocks is one entry, another meaning is another", () => {
  const row = keyword("Does this", present);
  const entries = catalogue({
    a: keyword("One", blockOf({ x: row, y: row })),
    b: keyword("Two", blockOf({ x: row, y: keyword("Does that", present) })),
  });
  assert.deepEqual(
    entries.map(({ name, within }) => `${name}: ${within.join(" ")}`),
    ["a: ", "b: ", "x: a b", "y: a", "y: b"],
  );
});

test("an entry says what is to be known of a keyword", () => {
  assert.deepEqual(
    ENTRIES.find(({ name }) => name === "vrrp_vmac_garp_intvl"),
    {
      name: "vrrp_vmac_garp_intvl",
      within: ["global_defs"],
      usage: "[all] 1..86400",
      does: "Announces addresses on other interfaces and VMACs again and again",
      unit: "s",
      default: null,
      since: null,
      insteadOf: "vrrp_garp_extra_if",
      sameAs: "vrrp_garp_extra_if",
      actsIn: "up",
    },
  );
});
