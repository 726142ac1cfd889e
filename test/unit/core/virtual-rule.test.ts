import assert from "node:assert/strict";
import { test } from "node:test";
import { formatVirtualRule, parseVirtualRule } from "../../../src/core/virtual-rule.ts";

const rule = (text: string, family: 4 | 6 = 4) => {
  const parsed = parseVirtualRule(text, family);
  return parsed.ok ? parsed.value : assert.fail(parsed.reason);
};
const refusal = (text: string): string => {
  const parsed = parseVirtualRule(text, 4);
  return parsed.ok ? assert.fail(formatVirtualRule(parsed.value)) : parsed.reason;
};

for (const [given, canonical = given] of [
  ["from 192.0.2.10 table 100", "from 192.0.2.10/32 table 100"],
  ["from all lookup main pref 10", "from all table main priority 10"],
  ["to 2001:db8::/32 order 7 table 0x64", "from all to 2001:db8::/32 table 100 priority 7"],
  ["fwmark 16 table 1", "from all fwmark 0x10 table 1"],
  [
    "fwmark 0x10/0xff not iif eth0 oif eth1 prohibit",
    "not from all fwmark 0x10/0xff iif eth0 oif eth1 prohibit",
  ],
  [
    "dev eth0 suppress_prefixlength 0 table main",
    "from all iif eth0 table main suppress_prefixlength 0",
  ],
  ["from 10.0.0.0/8 blackhole", "from 10.0.0.0/8 blackhole"],
] as const) {
  test(`${given} is understood`, () => {
    assert.equal(formatVirtualRule(rule(given)), canonical);
    const { family } = rule(given);
    assert.deepEqual(rule(canonical, family), rule(given));
  });
}

test("a rule without addresses has the family of the virtual addresses, unless a prefix tells", () => {
  assert.equal(rule("fwmark 1 table 100", 6).family, 6);
  assert.equal(rule("from all table 100", 4).family, 4);
  assert.deepEqual([rule("from ::/0 table 1").family, rule("from ::/0 table 1").from], [6, null]);
});

for (const [given, reason] of [
  ["form 10.0.0.0/8 table 1", 'says "form", which is not understood (did you mean from?)'],
  ["10.0.0.0/8 table 1", 'says "10.0.0.0/8", which is not understood'],
  ["from 10.0.0.0/8", "names no table, and is not blackhole, unreachable or prohibit"],
  ["from 10.0.0.0/8 table 1 blackhole", "says blackhole and table, which clash"],
  ["blackhole prohibit", "says prohibit twice"],
  ["from 10.0.0.0/8 to ::/0 table 1", "has from and to of two families"],
  ["fwmark 0x10/0x0f table 1", 'says fwmark "0x10/0x0f", which is no mark, as 1 or 0x10/0xff'],
  ["fwmark 1/2/3 table 1", 'says fwmark "1/2/3", which is no mark, as 1 or 0x10/0xff'],
  ["blackhole suppress_prefixlength 0", "says suppress_prefixlength without table"],
  ["table", "ends with table, whose value is missing"],
  [
    "table 0",
    'says table "0", which is no number of 1..4294967295, and not main, local or default',
  ],
] as const) {
  test(`a rule "${given}" is refused in words`, () => assert.equal(refusal(given), reason));
}
