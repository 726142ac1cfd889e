/** Routes and rules as text: whatever is understood is written so that it is understood alike. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { familyOf } from "../../../src/core/addr.ts";
import { formatVirtualRoute, parseVirtualRoute } from "../../../src/core/virtual-route.ts";
import { formatVirtualRule, parseVirtualRule } from "../../../src/core/virtual-rule.ts";

const WORDS =
  `default all any 10.0.0.0/8 192.0.2.1 2001:db8::/32 fe80::1 ::/0 0.0.0.0/0 to dst from via gw
  inet inet6 dev oif iif eth0 lo src metric pref priority table lookup main local 100 0x64 4294967295 -1
  scope link global onlink mtu 1400 blackhole unreachable prohibit throw unicast not fwmark 0x10/0xff
  1 suppress_prefixlength 0 constructor __proto__ toString`.split(/\s+/);

/** Sentences that are mostly nearly right. */
const sentence = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(" ")),
  fc.string({ unit: "binary" }),
);
const clauses = (...choices: string[][]) =>
  fc
    .tuple(...choices.map((texts) => fc.constantFrom("", ...texts)))
    .map((texts) => texts.join(" "));
const routes = clauses(
  ["blackhole", "local", "throw"],
  ["default", "10.0.0.0/8", "2001:db8::/32", "to 192.0.2.1", "::/0"],
  ["from 2001:db8:1::/48"],
  ["via 192.0.2.1", "via 2001:db8::1", "gw fe80::1"],
  ["dev eth0", "oif lo"],
  ["onlink"],
  ["src 192.0.2.10", "src 2001:db8::10"],
  ["metric 7", "table 1000", "table local"],
  ["scope link", "scope 7", "mtu 1400"],
);
const rules = clauses(
  ["not"],
  ["from 10.0.0.0/8", "from ::/0", "from all"],
  ["to 192.0.2.1", "to 2001:db8::/32"],
  ["fwmark 1", "fwmark 0x10/0xff"],
  ["iif eth0", "oif eth1"],
  ["table 100", "lookup main", "blackhole"],
  ["suppress_prefixlength 0"],
  ["pref 10"],
);
const family = fc.constantFrom(4 as const, 6 as const);

test("any text is a route or refused with a reason, and what is a route is one again when written", () => {
  let understood = 0;
  fc.assert(
    fc.property(fc.oneof(sentence, routes), family, (text, unsaid) => {
      const parsed = parseVirtualRoute(text, unsaid);
      if (!parsed.ok) return assert.ok(parsed.reason.length > 0);
      understood += 1;
      const again = parseVirtualRoute(
        formatVirtualRoute(parsed.value),
        familyOf(parsed.value.destination.ip),
      );
      assert.deepEqual(again, parsed);
    }),
    { numRuns: 2000 },
  );
  assert.ok(understood > 50, `${understood}`);
});

test("any text is a rule or refused with a reason, and what is a rule is one again when written", () => {
  let understood = 0;
  fc.assert(
    fc.property(fc.oneof(sentence, rules), family, (text, unsaid) => {
      const parsed = parseVirtualRule(text, unsaid);
      if (!parsed.ok) return assert.ok(parsed.reason.length > 0);
      understood += 1;
      const again = parseVirtualRule(formatVirtualRule(parsed.value), parsed.value.family);
      assert.deepEqual(again, parsed);
    }),
    { numRuns: 2000 },
  );
  assert.ok(understood > 50, `${understood}`);
});
