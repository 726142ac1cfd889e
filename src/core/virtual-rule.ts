/** A policy rule that follows mastership, as a person writes it: the words of ip-rule(8). */
import { type Cidr, type Family, familyOf, formatCidr } from "./addr.ts";
import {
  type ClauseValues,
  choiceClause,
  clause,
  flagClause,
  formatTable,
  interfaceClause,
  MAX_U32,
  numberClause,
  type Parsed,
  type Prefix,
  parseClauses,
  parseNumber,
  prefixClause,
  tableClause,
  type WordReader,
} from "./clauses.ts";
import type { RuleAction } from "./netlink/rtnl-rule.ts";

export interface VirtualRule {
  readonly family: Family;
  readonly inverted: boolean; // `not`: for packets that do not match
  readonly from: Cidr | null;
  readonly to: Cidr | null;
  readonly fwmark: Fwmark | null;
  readonly inputInterface: string | null;
  readonly outputInterface: string | null;
  readonly priority: number | null; // u32, lower first; null: before all that are there
  readonly action: RuleAction;
  readonly table: number | null; // u32, of the action `lookup` alone
  readonly suppressPrefixLength: number | null; // leave out routes this short
}

/** A mark of a packet, of which the bits of the mask count. */
export interface Fwmark {
  readonly mark: number; // u32
  readonly mask: number; // u32
}

/**
 * Total over any text.
 * @param family that of a rule whose words do not tell: `fwmark 1 table 100`
 */
export function parseVirtualRule(text: string, family: Family): Parsed<VirtualRule> {
  return parseClauses(text, CLAUSES, undefined, (said, words) => make(said, family, words));
}

/** In the words that `parseVirtualRule` understands, the same for the same rule. */
export function formatVirtualRule(rule: VirtualRule): string {
  const { from, to, fwmark, inputInterface, outputInterface, table } = rule;
  return [
    ...(rule.inverted ? ["not"] : []),
    `from ${from === null ? "all" : formatCidr(from)}`,
    ...(to === null ? [] : [`to ${formatCidr(to)}`]),
    ...(fwmark === null ? [] : [`fwmark ${formatFwmark(fwmark)}`]),
    ...(inputInterface === null ? [] : [`iif ${inputInterface}`]),
    ...(outputInterface === null ? [] : [`oif ${outputInterface}`]),
    table === null ? rule.action : `table ${formatTable(table)}`,
    ...(rule.suppressPrefixLength === null
      ? []
      : [`suppress_prefixlength ${rule.suppressPrefixLength}`]),
    ...(rule.priority === null ? [] : [`priority ${rule.priority}`]),
  ].join(" ");
}

function make(said: ClauseValues<typeof CLAUSES>, unsaid: Family, words: WordReader): VirtualRule {
  const [from, to] = [prefixOf(said.from), prefixOf(said.to)];
  const [fromFamily, toFamily] = [from, to].map((prefix) => prefix && familyOf(prefix.ip));
  if (fromFamily && toFamily && fromFamily !== toFamily) {
    words.fail("has from and to of two families");
  }
  const { action, table } = said;
  if (action === undefined && table === undefined) {
    words.fail("names no table, and is not blackhole, unreachable or prohibit");
  }
  if (action !== undefined && table !== undefined) {
    words.fail(`says ${action} and table, which clash`);
  }
  if (said.suppress !== undefined && table === undefined) {
    words.fail("says suppress_prefixlength without table");
  }
  return {
    family: fromFamily ?? toFamily ?? unsaid,
    inverted: said.not ?? false,
    from: from?.prefixLength === 0 ? null : from,
    to: to?.prefixLength === 0 ? null : to,
    fwmark: said.fwmark ?? null,
    inputInterface: said.iif ?? null,
    outputInterface: said.oif ?? null,
    priority: said.priority ?? null,
    action: action ?? "lookup",
    table: table ?? null,
    suppressPrefixLength: said.suppress ?? null,
  };
}

const prefixOf = (said: Prefix | undefined): Cidr | null =>
  said === undefined || said === "any" ? null : said;

/** `0x10/0xff`, `16`; without a mask all bits count. A mark that its mask hides in part is none. */
function parseFwmark(word: string): Fwmark | undefined {
  const [, first = "", second] = /^([^/]+)(?:\/([^/]+))?$/.exec(word) ?? [];
  const mark = parseNumber(first);
  const mask = second === undefined ? MAX_U32 : parseNumber(second);
  if (mark === undefined || mask === undefined || mark > MAX_U32 || mask > MAX_U32)
    return undefined;
  return (mark & ~mask) === 0 ? { mark, mask } : undefined;
}

const formatFwmark = ({ mark, mask }: Fwmark): string =>
  mask === MAX_U32 ? hex(mark) : `${hex(mark)}/${hex(mask)}`;

const hex = (number: number): string => `0x${number.toString(16)}`;

const CLAUSES = {
  not: flagClause("not"),
  from: prefixClause("from"),
  to: prefixClause("to"),
  fwmark: clause(["fwmark"], "is no mark, as 1 or 0x10/0xff", parseFwmark),
  iif: interfaceClause("iif", "dev"),
  oif: interfaceClause("oif"),
  priority: numberClause(0, MAX_U32, "priority", "pref", "preference", "order"),
  action: choiceClause(["blackhole", "unreachable", "prohibit"]),
  table: tableClause("table", "lookup"),
  suppress: numberClause(0, 128, "suppress_prefixlength"),
} as const;
