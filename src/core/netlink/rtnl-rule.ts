/** Policy rules: struct fib_rule_hdr and FRA_* of linux/fib_rules.h. */
import { addressBits, type Cidr, type Family, familyOf, type IpBytes } from "../addr.ts";
import { decodingWith } from "../bytes.ts";
import type { Decoded } from "../result.ts";
import { ip, readAttributes, text, u8, u32, writeAttributes } from "./attributes.ts";
import { HostReader, HostWriter } from "./host-bytes.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "./message.ts";
import { addressFamily, RTM, readFamily } from "./rtnl.ts";

/** A rule as the kernel holds it; selectors that we never use are left out. */
export interface Rule {
  readonly family: Family;
  readonly inverted: boolean; // for packets that do not match
  readonly from: Cidr | null;
  readonly to: Cidr | null;
  readonly fwmark: number | null; // u32
  readonly fwmask: number | null; // u32, the bits of the mark that count
  readonly inputInterface: string | null;
  readonly outputInterface: string | null;
  readonly priority: number; // u32, lower comes first
  readonly action: number; // u8, RULE_ACTIONS
  readonly table: number; // u32, 0 unless the action is `lookup`
  readonly suppressPrefixLength: number | null; // routes this short are left out
  readonly protocol: number; // u8, RTPROT_*: who added it
}

/** A rule to be added; without a priority it comes before all but the first that are there. */
export type NewRule = Omit<Rule, "priority"> & { readonly priority: number | null };

/** The body of RTM_NEWRULE or RTM_DELRULE. Codes: `short`, `other-family`, `bad-NAME`. */
export function decodeRule(body: Uint8Array): Decoded<Rule> {
  return decodingWith("rtnl-rule", new HostReader(body), (r) => {
    const family = readFamily(r);
    const [toLength, fromLength] = [r.u8(), r.u8()];
    r.skip(1); // type of service
    const table = r.u8();
    r.skip(2); // reserved
    const [action, flags] = [r.u8(), r.u32()];
    const values = readAttributes(r, FRA);
    const prefix = (own: IpBytes | undefined, prefixLength: number): Cidr | null => {
      if (own === undefined) return null;
      if (familyOf(own) !== family || prefixLength > addressBits(family)) r.fail("other-family");
      return { ip: own, prefixLength };
    };
    const suppress = values.suppressPrefixLength ?? NOTHING_SUPPRESSED;
    return {
      family,
      inverted: (flags & INVERT) !== 0,
      from: prefix(values.from, fromLength),
      to: prefix(values.to, toLength),
      fwmark: values.fwmark ?? null,
      fwmask: values.fwmask ?? null,
      inputInterface: values.inputInterface ?? null,
      outputInterface: values.outputInterface ?? null,
      priority: values.priority ?? 0,
      action,
      table: values.table ?? table,
      suppressPrefixLength: suppress === NOTHING_SUPPRESSED ? null : suppress,
      protocol: values.protocol ?? 0,
    };
  });
}

/** Asks for all rules of one family. */
export function dumpRules(family: Family): NetlinkRequest {
  const body = new HostWriter().u8(addressFamily(family)).zeros(11).bytes();
  return { type: RTM.getRule, flags: REQUEST_FLAGS.dump, body };
}

/** Adds a rule; one that is there already with this priority is refused with EEXIST. */
export function addRule(rule: NewRule): NetlinkRequest {
  const flags = REQUEST_FLAGS.create | REQUEST_FLAGS.exclusive;
  return { type: RTM.newRule, flags, body: ruleBody(rule) };
}

/** Removes the first rule that has all that is given; none is refused with ENOENT. */
export function deleteRule(rule: NewRule): NetlinkRequest {
  return { type: RTM.deleteRule, flags: 0, body: ruleBody(rule) };
}

function ruleBody(rule: NewRule): Uint8Array {
  const { family, from, to, fwmark, fwmask, inputInterface, outputInterface, table } = rule;
  const w = new HostWriter().u8(addressFamily(family));
  w.u8(to?.prefixLength ?? 0).u8(from?.prefixLength ?? 0);
  w.zeros(4).u8(rule.action); // the table is an attribute
  w.u32(rule.inverted ? INVERT : 0);
  writeAttributes(w, FRA, {
    from: from?.ip,
    to: to?.ip,
    fwmark: fwmark ?? undefined,
    fwmask: fwmask ?? undefined,
    inputInterface: inputInterface ?? undefined,
    outputInterface: outputInterface ?? undefined,
    table: table === 0 ? undefined : table,
    suppressPrefixLength: rule.suppressPrefixLength ?? undefined,
    priority: rule.priority ?? undefined,
    protocol: rule.protocol,
  });
  return w.bytes();
}

/** FR_ACT_*. */
export const RULE_ACTIONS = {
  lookup: 1,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
} as const;

export type RuleAction = keyof typeof RULE_ACTIONS;

/** FRA_*. */
const FRA = {
  from: ip(2),
  to: ip(1),
  fwmark: u32(10),
  fwmask: u32(16),
  inputInterface: text(3),
  outputInterface: text(17),
  table: u32(15),
  suppressPrefixLength: u32(14),
  priority: u32(6),
  protocol: u8(21),
} as const;

const INVERT = 2; // FIB_RULE_INVERT
const NOTHING_SUPPRESSED = 0xffffffff;
