/** An entry of virtual_server_group: addresses with a port, or a firewall mark. */
import {
  addressBits,
  compareIp,
  familyOf,
  formatIp,
  type IpBytes,
  parseIp,
} from "../../core/addr.ts";
import { integer, oneOf, oneWord, optional } from "../arguments.ts";
import { BAD_RANGE, HOST_BITS } from "../codes/lvs.ts";
import { NOT_AN_ADDRESS } from "../codes/values.ts";
import type { Argument } from "../keyword.ts";
import type { Reading } from "../reading.ts";
import type { Word } from "../statement.ts";
import { firewallMark } from "./service.ts";

/** Both ends and all between them. */
export interface AddressRange {
  readonly first: IpBytes;
  readonly last: IpBytes;
}

export type GroupMember =
  | { readonly by: "address"; readonly range: AddressRange; readonly port: number | null }
  | { readonly by: "fwmark"; readonly mark: number; readonly family: 4 | 6 | null };

const family = optional(oneOf("inet", "inet6"), null);
const portOrNone = optional(integer(0, 65_535), 0);

export function formatGroupMember(member: GroupMember): string {
  if (member.by === "fwmark") {
    const { mark, family: only } = member;
    return `fwmark ${mark}${only === null ? "" : only === 4 ? " inet" : " inet6"}`;
  }
  const { range, port } = member;
  const [first, last] = [formatIp(range.first), formatIp(range.last)];
  return `${first}${last === first ? "" : `-${last}`}${port === null ? "" : ` ${port}`}`;
}

export const groupMember: Argument<GroupMember> = {
  usage: "ADDRESS|RANGE [PORT] | fwmark MARK [inet|inet6]",
  read(reading) {
    const word = reading.peek();
    if (word?.text === "fwmark") {
      const mark = reading.within(word, () => firewallMark.read(reading));
      const name = family.read(reading);
      if (mark === undefined || name === undefined) return undefined;
      return { by: "fwmark", mark, family: name === null ? null : name === "inet" ? 4 : 6 };
    }
    const range = addressRange.read(reading);
    const port = portOrNone.read(reading);
    if (range === undefined || port === undefined) return undefined;
    return { by: "address", range, port: port || null };
  },
};

/** `A`, `A-B` of whole addresses or with the last part alone as B, or `NETWORK/LENGTH`. */
export const addressRange: Argument<AddressRange> = oneWord("ADDRESS|RANGE", (word, reading) => {
  const [text = "", end] = word.text.split(/[-/]/, 2);
  const first = parseIp(text);
  if (first === undefined) {
    return reading.refuse(NOT_AN_ADDRESS, word.span, `'${word.text}' begins with no address`);
  }
  if (end === undefined) return { first, last: first };
  return word.text.includes("/")
    ? networkRange(first, end, word, reading)
    : rangeTo(first, end, word, reading);
});

function networkRange(
  first: IpBytes,
  length: string,
  word: Word,
  reading: Reading,
): AddressRange | undefined {
  const bits = addressBits(familyOf(first));
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : 0;
  if (prefix < 1 || prefix > bits) {
    return reading.refuse(BAD_RANGE, word.span, `/${length} is no prefix length of 1..${bits}`);
  }
  const hostBits = (index: number) => 0xff >> Math.min(Math.max(prefix - 8 * index, 0), 8);
  if (first.some((byte, index) => (byte & hostBits(index)) !== 0)) {
    const network = formatIp(first.map((byte, index) => byte & ~hostBits(index)));
    const message = `${word.text} has bits behind its prefix`;
    return reading.refuse(HOST_BITS, word.span, message, { help: `write ${network}/${prefix}` });
  }
  return { first, last: first.map((byte, index) => byte | hostBits(index)) };
}

function rangeTo(
  first: IpBytes,
  end: string,
  word: Word,
  reading: Reading,
): AddressRange | undefined {
  const last = parseIp(end) ?? withLastPart(first, end);
  if (last === undefined || familyOf(last) !== familyOf(first)) {
    return reading.refuse(
      BAD_RANGE,
      word.span,
      `'${end}' is no end of a range from ${formatIp(first)}`,
    );
  }
  const isUp = /[.:]/.test(end) ? compareIp(first, last) <= 0 : compareIp(first, last) < 0;
  if (isUp) return { first, last };
  return reading.refuse(BAD_RANGE, word.span, `${word.text} does not go up`);
}

/** The last octet in decimal, or the last two octets of an IPv6 address in hex. */
function withLastPart(first: IpBytes, part: string): IpBytes | undefined {
  const last = Uint8Array.from(first);
  if (familyOf(first) === 4) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    last[3] = Number(part);
    return last;
  }
  if (!/^[0-9a-f]{1,4}$/i.test(part)) return undefined;
  const value = Number.parseInt(part, 16);
  last[14] = value >> 8;
  last[15] = value & 0xff;
  return last;
}
