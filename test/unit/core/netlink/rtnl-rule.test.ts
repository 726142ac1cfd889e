import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCidr } from "../../../../src/core/addr.ts";
import { decodeNetlinkMessages } from "../../../../src/core/netlink/message.ts";
import {
  addRule,
  decodeRule,
  deleteRule,
  dumpRules,
  RULE_ACTIONS,
  type Rule,
} from "../../../../src/core/netlink/rtnl-rule.ts";
import * as vectors from "../../../vectors/rtnl-policy.ts";

const cidr = (text: string) => parseCidr(text) ?? assert.fail(text);
const messagesOf = (datagram: Uint8Array) => {
  const messages = decodeNetlinkMessages(datagram);
  assert.ok(messages.ok);
  return messages.value;
};
const bodyOf = (datagram: Uint8Array): Uint8Array =>
  messagesOf(datagram)[0]?.body ?? new Uint8Array();

const RULE: Rule = {
  family: 4,
  inverted: false,
  from: cidr("192.0.2.0/24"),
  to: cidr("10.0.0.0/8"),
  fwmark: 0x10,
  fwmask: 0xff,
  inputInterface: "va",
  outputInterface: null,
  priority: 1000,
  action: RULE_ACTIONS.lookup,
  table: 100,
  suppressPrefixLength: null,
  protocol: 112,
};

test("a rule added means what iproute2's means to the kernel", () => {
  assert.deepEqual(decodeRule(bodyOf(vectors.ruleAdd4)), { ok: true, value: RULE });
  assert.deepEqual(decodeRule(addRule(RULE).body), { ok: true, value: RULE });
  const { type, flags } = messagesOf(vectors.ruleAdd4)[0] ?? assert.fail();
  const ours = addRule(RULE);
  assert.deepEqual([ours.type, ours.flags | 0x5], [type, flags]); // with `request` and `ack`
});

test("a rule of IPv6 that is inverted and leaves out the default route is read", () => {
  const result = decodeRule(bodyOf(vectors.ruleAdd6));
  assert.ok(result.ok);
  const { family, inverted, from, outputInterface, table, suppressPrefixLength } = result.value;
  assert.deepEqual([family, inverted, from], [6, true, cidr("2001:db8::/32")]);
  assert.deepEqual([outputInterface, table, suppressPrefixLength], ["va", 254, 0]);
  assert.deepEqual(decodeRule(addRule(result.value).body), result);
});

test("a rule that leads nowhere has no table", () => {
  const result = decodeRule(bodyOf(vectors.ruleBlackhole));
  assert.ok(result.ok);
  assert.deepEqual([result.value.action, result.value.table], [RULE_ACTIONS.blackhole, 0]);
});

test("the kernel's list has its own rules and ours, with their priorities", () => {
  const rules = messagesOf(vectors.ruleDump4)
    .slice(0, -1)
    .map(({ body }) => {
      const result = decodeRule(body);
      assert.ok(result.ok);
      return result.value;
    });
  assert.deepEqual(
    rules.map(({ priority, table }) => [priority, table]),
    [
      [0, 255],
      [1000, 100],
      [32766, 254],
      [32767, 253],
    ],
  );
  assert.deepEqual(rules[1], RULE);
});

test("a deletion names all that the rule has, a list is of one family", () => {
  const { type, body } = deleteRule(RULE);
  assert.equal(type, messagesOf(vectors.ruleDelete4)[0]?.type);
  assert.deepEqual(decodeRule(body), { ok: true, value: RULE });
  assert.deepEqual([dumpRules(4).body[0], dumpRules(6).body[0]], [2, 10]);
});
