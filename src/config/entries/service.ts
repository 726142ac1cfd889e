/** What virtual_server, real_server and sorry_server are about: an address with a port, a mark, a group. */
import type { IpBytes } from "../../core/addr.ts";
import { readAlone } from "../addresses.ts";
import { integer, oneWord, optional, text } from "../arguments.ts";
import { RANGE_DROPPED } from "../codes/lvs.ts";
import type { Argument } from "../keyword.ts";

/** An address of which keepalived drops a prefix length, and the end of a range. */
export const oneAddress: Argument<IpBytes> = oneWord("ADDRESS", (word, reading) => {
  const dash = word.text.indexOf("-");
  if (dash < 0) return readAlone(word, reading);
  const first = word.text.slice(0, dash);
  const message = `'${word.text}' is a range, of which ${first} alone is taken`;
  reading.refuse(RANGE_DROPPED, word.span, message);
  return readAlone({ ...word, text: first }, reading);
});

export interface Endpoint {
  readonly ip: IpBytes;
  readonly port: number | null; // null: every port, or that of the virtual server
}

const portOrNone = optional(integer(0, 65_535), 0);

export const endpoint: Argument<Endpoint> = {
  usage: "ADDRESS [PORT]",
  read(reading) {
    const ip = oneAddress.read(reading);
    const port = portOrNone.read(reading);
    return ip === undefined || port === undefined ? undefined : { ip, port: port || null };
  },
};

export const firewallMark = integer(0, 2 ** 32 - 1);

export type VirtualService =
  | ({ readonly by: "address" } & Endpoint)
  | { readonly by: "fwmark"; readonly mark: number }
  | { readonly by: "group"; readonly name: string };

export const virtualService: Argument<VirtualService> = {
  usage: `${endpoint.usage} | fwmark ${firewallMark.usage} | group NAME`,
  read(reading) {
    const word = reading.peek();
    if (word?.text === "fwmark") {
      const mark = reading.within(word, () => firewallMark.read(reading));
      return mark === undefined ? undefined : { by: "fwmark", mark };
    }
    if (word?.text === "group") {
      const name = reading.within(word, () => text("NAME").read(reading));
      return name === undefined ? undefined : { by: "group", name };
    }
    const at = endpoint.read(reading);
    return at === undefined ? undefined : { by: "address", ...at };
  },
};
