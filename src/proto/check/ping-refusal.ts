/** What an ICMP error says of a host that was asked (RFC 792, RFC 1812 section 5.2.7.1; RFC 4443 section 3). */
import type { Family } from "../../core/addr.ts";
import { type CheckFinding, down } from "./result.ts";

export interface IcmpRefusal {
  readonly family: Family;
  readonly type: number;
  readonly code: number;
  readonly sender: string | null; // address of who says it
  readonly mtu: number | null;
}

/** @returns undefined for what is no refusal: a redirect, a source quench. @param facts beside its own */
export function pingRefusal(
  { family, type, code, sender, mtu }: IcmpRefusal,
  facts: CheckFinding["facts"],
): CheckFinding | undefined {
  const kind = (family === 4 ? TYPES_4 : TYPES_6)[type];
  if (kind === undefined) return undefined;
  const words = kind.codes[code] ?? `${kind.words}, code ${code}`;
  const limit = mtu === null ? "" : ` (MTU ${mtu})`;
  const who = sender === null ? "" : `, says ${sender}`;
  const told = { icmp_type: type, icmp_code: code, sender, mtu };
  return down("L4CON", `${words}${limit}${who}`, { ...facts, ...told });
}

interface RefusalType {
  readonly words: string; // for a code that is not listed
  readonly codes: Readonly<Record<number, string>>;
}

const EXCEEDED: RefusalType = {
  words: "time exceeded",
  codes: { 0: "TTL exceeded on the way", 1: "pieces did not come together in time" },
};

const TYPES_4: Readonly<Record<number, RefusalType>> = {
  3: {
    words: "unreachable",
    codes: {
      0: "network unreachable",
      1: "host unreachable",
      2: "protocol unreachable",
      3: "port unreachable",
      4: "too long to go unfragmented",
      6: "network unknown",
      7: "host unknown",
      9: "network prohibited",
      10: "host prohibited",
      11: "network unreachable for this TOS",
      12: "host unreachable for this TOS",
      13: "prohibited by a filter",
    },
  },
  11: EXCEEDED,
  12: { words: "header refused", codes: {} },
};

const TYPES_6: Readonly<Record<number, RefusalType>> = {
  1: {
    words: "unreachable",
    codes: {
      0: "no route there",
      1: "prohibited by a filter",
      2: "beyond the scope of our address",
      3: "host unreachable",
      4: "port unreachable",
      5: "our address fails their policy",
      6: "route rejected",
    },
  },
  2: { words: "too long for the way", codes: { 0: "too long for the way" } },
  3: EXCEEDED,
  4: { words: "header refused", codes: {} },
};
