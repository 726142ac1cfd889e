/** An entry of virtual_rules and static_rules: the words of ip-rule(8), as keepalived reads them. */
import type { Family } from "../../core/addr.ts";
import { MAX_U32, parseNumber } from "../../core/clauses.ts";
import type { Fwmark } from "../../core/virtual-rule.ts";
import { oneFamily, prefix } from "../addresses.ts";
import { integer, interfaceName, numberOrName, oneWord, present, unsigned } from "../arguments.ts";
import {
  INCOMPLETE_ENTRY,
  NO_PREFERENCE,
  NOT_A_NUMBER,
  OPTIONS_CLASH,
  OTHER_FAMILY,
  OUT_OF_RANGE,
  PROTOCOL_RESET,
  WRAPPED_NUMBER,
} from "../codes/values.ts";
import { type Argument, keyword, type Setting, spelling, type Values } from "../keyword.ts";
import { readOptions, refuseOption, usageOf } from "../options.ts";
import type { Reading } from "../reading.ts";
import { FAMILY } from "./family.ts";
import { STATIC } from "./static.ts";
import { numberRange, realms } from "./values.ts";

const fwmark: Argument<Fwmark> = oneWord("MARK[/MASK]", (word, reading) => {
  const [mark, mask, ...more] = word.text.split("/").map(parseNumber);
  const isOne = mark !== undefined && mark <= MAX_U32 && more.length === 0;
  if (isOne && !word.text.includes("/")) return { mark, mask: MAX_U32 };
  if (isOne && mask !== undefined && mask <= MAX_U32) return { mark, mask };
  return reading.refuse(NOT_A_NUMBER, word.span, `'${word.text}' is no mark, as 1 or 0x10/0xff`);
});

/** Digits, for it has 64 bits. */
const tunnelId: Argument<string> = oneWord("NUMBER", (word, reading) => {
  if (/^\d{1,20}$/.test(word.text) && BigInt(word.text) < 2n ** 64n) return word.text;
  return reading.refuse(NOT_A_NUMBER, word.span, `'${word.text}' is no number of 64 bits`);
});

const protocolOfPackets: Argument<number | string> = {
  usage: "NUMBER|NAME",
  read(reading) {
    const word = reading.peek();
    const value = numberOrName(255).read(reading);
    if (value !== 255 || word === undefined) return value;
    return reading.refuse(OUT_OF_RANGE, word.span, "255 is reserved, and no protocol");
  },
};

/** 0 is none. */
const tableNumber: Argument<number | string> = {
  usage: "NUMBER|NAME",
  read(reading) {
    const word = reading.peek();
    const value = numberOrName(MAX_U32).read(reading);
    if (value !== 0 || word === undefined) return value;
    return reading.refuse(OUT_OF_RANGE, word.span, "0 is no routing table");
  },
};

const TABLE = keyword("Looks the destination up in this routing table", tableNumber, {
  isFirst: true,
});
const PREFERENCE = keyword("Of two rules the lower number is asked first", unsigned());
const TOS = keyword("Takes packets with this type of service alone", numberOrName(255));
const IIF = keyword("Takes packets that came in here alone", interfaceName);
const SUPPRESS = keyword("Drops a route that is no longer than this", integer(0, 2 ** 31 - 1));
const SUPPRESS_GROUP = keyword(
  "Drops a route out of an interface of this group",
  numberOrName(MAX_U32, WRAPPED_NUMBER),
);

const RULE = {
  ...FAMILY,
  not: keyword("Takes the packets that do not match", present),
  from: keyword("Takes packets from here alone", prefix),
  to: keyword("Takes packets to here alone", prefix),
  table: TABLE,
  lookup: spelling("table", TABLE),
  preference: PREFERENCE,
  order: spelling("preference", PREFERENCE),
  priority: spelling("preference", PREFERENCE),
  tos: TOS,
  dsfield: spelling("tos", TOS),
  fwmark: keyword("Takes packets with this mark alone", fwmark),
  realms: keyword("Counts the packets for these realms", realms),
  suppress_prefixlength: SUPPRESS,
  sup_pl: spelling("suppress_prefixlength", SUPPRESS),
  suppress_ifgroup: SUPPRESS_GROUP,
  sup_group: spelling("suppress_ifgroup", SUPPRESS_GROUP),
  iif: IIF,
  dev: spelling("iif", IIF),
  oif: keyword("Takes packets of sockets bound to this interface", interfaceName),
  "tunnel-id": keyword("Takes packets that came through this tunnel", tunnelId),
  uidrange: keyword("Takes packets of the processes of these users", numberRange(MAX_U32)),
  l3mdev: keyword("Looks the destination up in the table of the VRF", present),
  protocol: keyword("Says who put the rule there", integer(0, 255), { default: "18" }),
  ipproto: keyword("Takes packets of this IP protocol alone", protocolOfPackets),
  sport: keyword("Takes packets from these ports alone", numberRange(65_535)),
  dport: keyword("Takes packets to these ports alone", numberRange(65_535)),
  type: keyword("Stands in front of what to do, and does nothing", present),
  goto: keyword("Goes on with the rule of this preference", integer(0, MAX_U32)),
  nop: keyword("Goes on with the next rule", present),
  blackhole: keyword("Drops the packets", present),
  unreachable: keyword("Drops the packets and says that there is no way", present),
  prohibit: keyword("Drops the packets and says that it is forbidden", present),
  no_track: keyword("Leaves it at that when somebody deletes the rule", present),
} as const;

const STATIC_RULE = { ...RULE, ...STATIC } as const;

export interface RuleEntry {
  readonly family: Family;
  readonly options: Options;
}

type Options = Values<typeof RULE> | Values<typeof STATIC_RULE>;

export const virtualRule = entry(RULE);
export const staticRule = entry(STATIC_RULE);

function entry(table: typeof RULE | typeof STATIC_RULE): Argument<RuleEntry> {
  return {
    usage: usageOf(table),
    table,
    read(reading) {
      const { values, isWhole } = readOptions(reading, table, () => false);
      const [unknown] = reading.takeAll();
      if (!isWhole) return undefined;
      if (unknown !== undefined) return refuseOption(reading, unknown, table, "a rule");
      const family = familyOfRule(values, reading);
      if (family === undefined || !isSensible(values, reading)) return undefined;
      complainOfTracking(values, reading);
      return { family, options: values };
    },
  };
}

function familyOfRule(said: Options, reading: Reading): Family | undefined {
  const family = oneFamily([said.from, said.to], reading);
  if (family === undefined) return undefined;
  const wanted = said.inet6 ?? said.inet;
  const its = family ?? (said.inet6 === null ? 4 : 6);
  if (wanted !== null && its !== (said.inet6 === null ? 4 : 6)) {
    return reading.refuse(OTHER_FAMILY, wanted.keyword, `the addresses are those of IPv${its}`);
  }
  if (said.realms === null || its === 4) return its;
  return reading.refuse(OTHER_FAMILY, said.realms.keyword, "only rules of IPv4 have realms");
}

function isSensible(said: Options, reading: Reading): boolean {
  const { table, l3mdev, goto, nop, blackhole, unreachable, prohibit, preference } = said;
  const actions = [table, l3mdev, goto, nop, blackhole, unreachable, prohibit].filter(isSaid);
  if (actions.length === 0) {
    reading.refuse(INCOMPLETE_ENTRY, reading.end, "the rule says nothing to do: add table");
    return false;
  }
  if (actions[1] !== undefined) {
    const message = "of table, l3mdev, goto, nop, blackhole, unreachable and prohibit there is one";
    reading.refuse(OPTIONS_CLASH, actions[1].keyword, message);
    return false;
  }
  if (goto !== null && (preference === null || preference.value >= goto.value)) {
    const message = `goto ${goto.value} leads on only from a lower preference`;
    reading.refuse(OPTIONS_CLASH, goto.span, message);
    return false;
  }
  const ofTable = [said.suppress_prefixlength, said.suppress_ifgroup, said.realms].find(isSaid);
  if (ofTable === undefined || table !== null || l3mdev !== null) return true;
  reading.refuse(OPTIONS_CLASH, ofTable.keyword, "this belongs to table");
  return false;
}

function complainOfTracking(said: Options, reading: Reading): void {
  const { preference, protocol, no_track, iif } = said;
  if (preference === null) {
    reading.refuse(NO_PREFERENCE, reading.statement.words[0].span, "the rule has no preference");
  }
  if (no_track === null && protocol !== null && protocol.value !== 18) {
    const message = `protocol ${protocol.value} becomes 18, by which the rule is watched`;
    reading.refuse(PROTOCOL_RESET, protocol.span, message, { help: "add no_track to keep it" });
  }
  if ("track_group" in said && said.track_group !== null && iif === null) {
    const message = "a rule with track_group needs iif";
    reading.refuse(OPTIONS_CLASH, said.track_group.keyword, message);
  }
}

const isSaid = <S extends Setting<unknown>>(setting: S | null): setting is S => setting !== null;
