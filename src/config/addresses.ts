/** Addresses with and without a prefix, as keepalived reads them. */
import {
  addressBits,
  type Cidr,
  type Family,
  familyOf,
  formatIp,
  type IpBytes,
  isMulticastIp,
  parseIp,
} from "../core/addr.ts";
import { oneWord } from "./arguments.ts";
import {
  BAD_PREFIX_LENGTH,
  EMPTY_PREFIX_LENGTH,
  IGNORED_PREFIX,
  NOT_AN_ADDRESS,
  NOT_MULTICAST,
  OTHER_FAMILY,
} from "./codes/values.ts";
import type { Argument } from "./keyword.ts";
import type { Reading } from "./reading.ts";
import type { Word } from "./statement.ts";

/** An address of which keepalived drops a prefix length. */
export const addressAlone: Argument<IpBytes> = oneWord("ADDRESS", readAlone);

/** Where adverts may be sent to. @param family null: either */
export const multicastGroup = (family: Family | null): Argument<IpBytes> =>
  oneWord("GROUP", (word, reading) => {
    const ip = readMulticast(word, reading);
    if (ip === undefined) return undefined;
    if (family !== null && familyOf(ip) !== family) {
      return reading.refuse(OTHER_FAMILY, word.span, `${formatIp(ip)} is not of IPv${family}`);
    }
    const isOfLink = familyOf(ip) === 4 || ((ip[1] as number) & 0x0f) === 2;
    if (isOfLink) return ip;
    const message = `${formatIp(ip)} is no link-local multicast address`;
    return reading.refuse(NOT_MULTICAST, word.span, message);
  });

/** Any multicast address. */
export const multicastAddress: Argument<IpBytes> = oneWord("GROUP", readMulticast);

function readMulticast(word: Word, reading: Reading): IpBytes | undefined {
  const ip = readAlone(word, reading);
  if (ip === undefined || isMulticastIp(ip)) return ip;
  return reading.refuse(NOT_MULTICAST, word.span, `${formatIp(ip)} is no multicast address`);
}

/** A destination or a source; of length 0 the words default, any and all, which have no family. */
export const prefix: Argument<Cidr | "any"> = oneWord("PREFIX", (word, reading) =>
  isAny(word) ? "any" : readCidr(word, reading),
);

/** A host's address with the prefix of its network; without one the whole address. */
export function readCidr(word: Word, reading: Reading): Cidr | undefined {
  const slash = word.text.indexOf("/");
  const ip = parseIp(slash < 0 ? word.text : word.text.slice(0, slash));
  if (ip === undefined) {
    return reading.refuse(NOT_AN_ADDRESS, word.span, `'${word.text}' is no address`);
  }
  const bits = addressBits(familyOf(ip));
  if (slash < 0) return { ip, prefixLength: bits };
  const length = word.text.slice(slash + 1);
  if (length === "") {
    reading.refuse(EMPTY_PREFIX_LENGTH, word.span, `'${word.text}' is read as ${formatIp(ip)}/0`);
    return { ip, prefixLength: 0 };
  }
  if (/^\+?\d+$/.test(length) && Number(length) <= bits)
    return { ip, prefixLength: Number(length) };
  const message = `/${length} is no prefix length of 0..${bits}: /${bits} is used`;
  reading.refuse(BAD_PREFIX_LENGTH, word.span, message);
  return { ip, prefixLength: bits };
}

export const isAny = ({ text }: Word): boolean => ["default", "any", "all"].includes(text);

/** The family of what was said; the first to differ is reported and makes it undefined. */
export function oneFamily(
  said: readonly ({ readonly value: Cidr | IpBytes | "any"; readonly span: Word["span"] } | null)[],
  reading: Reading,
): Family | null | undefined {
  let family: Family | null = null;
  for (const one of said) {
    if (one === null || one.value === "any") continue;
    const its = familyOf("ip" in one.value ? one.value.ip : one.value);
    if (family !== null && its !== family) {
      const message = `an IPv${its} address where the others are IPv${family}`;
      return reading.refuse(OTHER_FAMILY, one.span, message);
    }
    family = its;
  }
  return family;
}

export function readAlone(word: Word, reading: Reading): IpBytes | undefined {
  const slash = word.text.indexOf("/");
  const ip = parseIp(slash < 0 ? word.text : word.text.slice(0, slash));
  if (ip === undefined) {
    return reading.refuse(NOT_AN_ADDRESS, word.span, `'${word.text}' is no address`);
  }
  if (slash >= 0) {
    reading.refuse(IGNORED_PREFIX, word.span, `${word.text.slice(slash)} means nothing here`);
  }
  return ip;
}
