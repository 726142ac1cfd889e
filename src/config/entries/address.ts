/** An entry of virtual_ipaddress, virtual_ipaddress_excluded and static_ipaddress. */
import { addressBits, type Cidr, familyOf, type IpBytes, parseIp } from "../../core/addr.ts";
import { MAX_U32 } from "../../core/clauses.ts";
import { SCOPES } from "../../core/netlink/rtnl.ts";
import { readCidr } from "../addresses.ts";
import { address, interfaceName, oneOf, oneWord, present, unsigned } from "../arguments.ts";
import {
  NOT_AN_ADDRESS,
  NOT_AN_INTERFACE,
  NOT_ONE_OF,
  OPTIONS_CLASH,
  OTHER_FAMILY,
} from "../codes/values.ts";
import { type Argument, acting, keyword, spelling, type Values } from "../keyword.ts";
import { readOptions, refuseOption, usageOf } from "../options.ts";
import type { Reading } from "../reading.ts";
import { STATIC } from "./static.ts";

/** `+`: host bits all set, `-`: all clear. */
export type Broadcast = IpBytes | "+" | "-";

const broadcast: Argument<Broadcast> = oneWord("ADDRESS|+|-", (word, reading) => {
  if (word.text === "+" || word.text === "-") return word.text;
  const ip = parseIp(word.text);
  if (ip?.length === 4) return ip;
  return reading.refuse(NOT_AN_ADDRESS, word.span, `'${word.text}' is no IPv4 address`);
});

/** @returns the number of the kernel */
export const scope: Argument<number> = {
  usage: `${Object.keys(SCOPES).join("|")}|0..255`,
  read(reading) {
    const word = reading.peek();
    const named = Object.entries(SCOPES).find(([name]) => name === word?.text)?.[1];
    if (named === undefined && word !== undefined && /^[a-z]/i.test(word.text)) {
      return SCOPE_NAME.read(reading) && undefined; // tells which there are
    }
    if (named === undefined) return unsigned(255).read(reading);
    reading.take();
    return named;
  },
};

const SCOPE_NAME = oneOf("global", "site", "link", "host", "nowhere");

const label: Argument<string> = oneWord("LABEL", (word, reading) => {
  if (word.text.length <= 15) return word.text;
  const message = `the label '${word.text}' has more than 15 characters`;
  return reading.refuse(NOT_AN_INTERFACE, word.span, message);
});

const lifetime: Argument<number | "forever"> = oneWord("SECONDS|forever", (word, reading) => {
  if (word.text === "forever") return "forever";
  if (/^\d+$/.test(word.text) && Number(word.text) <= MAX_U32) return Number(word.text);
  const message = `'${word.text}' is neither forever nor seconds of 0..${MAX_U32}`;
  return reading.refuse(NOT_ONE_OF, word.span, message);
});

const BROADCAST = keyword("Sets the broadcast address of the network", broadcast);

const ADDRESS = acting("up", {
  brd: BROADCAST,
  broadcast: spelling("brd", BROADCAST),
  dev: keyword("Adds the address to this interface", interfaceName, { isFirst: true }),
  scope: keyword("Says how far the address is valid", scope, { default: "global" }),
  label: keyword("Names the address as an alias, such as eth0:1", label),
  peer: keyword("Makes it a point-to-point address with this other end", address),
  home: keyword("Marks an IPv6 address as the home address of mobile IPv6", present),
  "-nodad": keyword("Lets duplicate address detection run for an IPv6 address", present),
  mngtmpaddr: keyword("Lets the kernel make temporary IPv6 addresses from this one", present),
  noprefixroute: keyword("Adds no route to the network of the address", present),
  autojoin: keyword("Joins the multicast group of the address on Ethernet level", present),
  no_track: keyword("Leaves it at that when somebody deletes the address", present),
  preferred_lft: keyword("Time for which new connections start from the address", lifetime, {
    unit: "s",
    default: "forever, 0 for IPv6 with /128",
  }),
} as const);

export const VIRTUAL_ADDRESS = {
  ...ADDRESS,
  use_vmac: keyword("Adds the address to a VMAC on its interface", present),
} as const;

const STATIC_ADDRESS = { ...ADDRESS, ...STATIC } as const;

export interface AddressEntry<Options = AddressOptions> {
  readonly address: Cidr;
  readonly options: Options;
}

type AddressOptions = Values<typeof VIRTUAL_ADDRESS> | Values<typeof STATIC_ADDRESS>;

export const virtualAddress = entry(VIRTUAL_ADDRESS);
export const staticAddress = entry(STATIC_ADDRESS);

function entry(table: typeof VIRTUAL_ADDRESS | typeof STATIC_ADDRESS): Argument<AddressEntry> {
  return {
    usage: `ADDRESS[/LENGTH] ${usageOf(table)}`,
    table,
    read(reading) {
      const word = reading.take();
      const cidr = word && readCidr(word, reading);
      if (cidr === undefined) {
        reading.takeAll(); // they are about an address that there is not
        return undefined;
      }
      const { values } = readOptions(reading, table, (other) => {
        refuseOption(reading, other, table, "an address");
        reading.take();
        return true;
      });
      complainOfFamilies(cidr, values, reading);
      complainOfClashes(cidr, values, reading);
      return { address: cidr, options: values };
    },
  };
}

type Options = Pick<Values<typeof ADDRESS>, "brd" | "label" | "peer">;

function complainOfFamilies(
  { ip }: Cidr,
  { brd, label: name, peer }: Options,
  reading: Reading,
): void {
  if (familyOf(ip) === 6) {
    if (brd) reading.refuse(OTHER_FAMILY, brd.span, "an IPv6 address has no broadcast address");
    if (name) reading.refuse(OTHER_FAMILY, name.span, "an IPv6 address has no label");
  }
  if (peer && familyOf(peer.value) !== familyOf(ip)) {
    const message = `the peer of an IPv${familyOf(ip)} address has to be one`;
    reading.refuse(OTHER_FAMILY, peer.span, message);
  }
}

function complainOfClashes({ ip, prefixLength }: Cidr, said: Options, reading: Reading): void {
  const { brd, peer } = said;
  if (peer && prefixLength < addressBits(familyOf(ip))) {
    reading.refuse(OPTIONS_CLASH, peer.keyword, "an address with a peer has no prefix length");
  }
  if (!brd || familyOf(ip) === 6) return;
  if (peer) {
    reading.refuse(OPTIONS_CLASH, brd.keyword, "an address with a peer has no broadcast address");
  } else if (typeof brd.value === "string" && prefixLength > 30) {
    const message = `a network of /${prefixLength} has no broadcast address`;
    reading.refuse(OPTIONS_CLASH, brd.span, message);
  }
}
