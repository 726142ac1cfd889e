/** `encap TYPE ...` of a route: what its packets are wrapped into. */
import { parseIp } from "../../core/addr.ts";
import { address, numberOrName, oneOf, oneWord, unsigned } from "../arguments.ts";
import { INCOMPLETE_ENTRY, NOT_A_NUMBER, NOT_AN_ADDRESS } from "../codes/values.ts";
import { type Argument, keyword, spelling, type Values } from "../keyword.ts";
import { options } from "../options.ts";

const TOS = keyword("Sets the type of service of the outer packet", numberOrName(255));

const OUTER = {
  id: keyword("Sets the key of the tunnel", unsigned(Number.MAX_SAFE_INTEGER)),
  dst: keyword("Sets the destination of the outer packet", address),
  src: keyword("Sets the source of the outer packet", address),
  flags: keyword("Sets the flags of the tunnel", unsigned(0xffff)),
} as const;

const HOPS = keyword("Sets how far the outer packet goes", unsigned(255));

const IP = { ...OUTER, tos: TOS, dsfield: spelling("tos", TOS), ttl: HOPS } as const;
const IP6 = { ...OUTER, tc: TOS, hoplimit: HOPS } as const;

export type Encap =
  | { readonly type: "ip"; readonly options: Values<typeof IP> }
  | { readonly type: "ip6"; readonly options: Values<typeof IP6> }
  | { readonly type: "mpls"; readonly labels: readonly number[] }
  | { readonly type: "ila"; readonly locator: string };

const labels: Argument<readonly number[]> = oneWord("LABEL[/LABEL ...]", (word, reading) => {
  const parts = word.text.split("/");
  if (parts.every((part) => /^\d{1,7}$/.test(part) && Number(part) < 2 ** 20)) {
    return parts.map(Number);
  }
  const message = `'${word.text}' is not made of labels of 0..${2 ** 20 - 1}`;
  return reading.refuse(NOT_A_NUMBER, word.span, message);
});

/** 64 bits of an IPv6 address. */
const locator: Argument<string> = oneWord("LOCATOR", (word, reading) => {
  if (parseIp(`${word.text}::`) !== undefined && word.text.split(":").length === 4) {
    return word.text;
  }
  const message = `'${word.text}' is no locator, such as 2001:db8:0:1`;
  return reading.refuse(NOT_AN_ADDRESS, word.span, message);
});

export const encap: Argument<Encap> = {
  usage: `ip ${options(IP).usage} | ip6 ${options(IP6).usage} | mpls ${labels.usage} | ila ${locator.usage}`,
  read(reading) {
    const type = oneOf("ip", "ip6", "mpls", "ila").read(reading);
    if (type === "mpls") {
      const read = labels.read(reading);
      return read && { type, labels: read };
    }
    if (type === "ila") {
      const read = locator.read(reading);
      return read === undefined ? undefined : { type, locator: read };
    }
    if (type === undefined) return undefined;
    const read: Encap =
      type === "ip"
        ? { type, options: options(IP).read(reading) as Values<typeof IP> }
        : { type, options: options(IP6).read(reading) as Values<typeof IP6> };
    if (read.options.dst !== null || read.options.id !== null) return read;
    return reading.refuse(INCOMPLETE_ENTRY, reading.span, `encap ${type} needs dst or id`);
  },
};
