/** `use_vmac` and `use_ipvlan`: the interface that keepalived makes for a virtual router. */
import { type Cidr, parseIp } from "../core/addr.ts";
import { readCidr } from "./addresses.ts";
import { interfaceName, numberOrName, present } from "./arguments.ts";
import { NOT_A_MAC, OPTIONS_CLASH } from "./codes/values.ts";
import { type Argument, keyword, type Values } from "./keyword.ts";
import { readOptions, usageOf } from "./options.ts";
import type { Reading } from "./reading.ts";
import type { Word } from "./statement.ts";

const COMMON = {
  name: keyword(
    "Names the interface, also by a word that would mean something else",
    interfaceName,
    {
      since: "2.3.0",
    },
  ),
  group: keyword("Puts the interface into this group", numberOrName(0xffffffff), {
    since: "2.3.0",
  }),
} as const;

const VMAC = {
  ...COMMON,
  netlink_notify_msg: keyword("Tells of the interface by netlink when it is made", present, {
    since: "2.3.0",
  }),
} as const;

const BRIDGE = keyword("Lets the interfaces over one base reach each other", present);

const IPVLAN = {
  ...COMMON,
  bridge: BRIDGE,
  private: keyword("Keeps the interfaces over one base apart", present),
  vepa: keyword("Sends packets between them through the switch", present),
} as const;

export interface Vmac {
  readonly ifName: string | null; // null: vrrp.VRID
  readonly mac: Uint8Array | null; // 6 octets, or 5 that the VRID follows; null: that of RFC 9568
  readonly options: Values<typeof VMAC>;
}

export interface Ipvlan {
  readonly ifName: string | null;
  readonly address: Cidr | null;
  readonly options: Values<typeof IPVLAN>;
}

export const vmac: Argument<Vmac> = {
  usage: `[[name] INTERFACE] [MAC] ${usageOf({ netlink_notify_msg: VMAC.netlink_notify_msg, group: VMAC.group })}`,
  table: VMAC,
  read(reading) {
    const said: { ifName: string | null; mac: Uint8Array | null } = { ifName: null, mac: null };
    const { values } = readOptions(reading, VMAC, (word) => {
      if (!word.text.includes(":")) said.ifName = oneName(said.ifName, reading);
      else {
        reading.take();
        if (said.mac !== null) refuseSecond(word, "MAC address", reading);
        else said.mac = readMac(word, reading) ?? null;
      }
      return true;
    });
    return { ...said, ifName: values.name?.value ?? said.ifName, options: values };
  },
};

export const ipvlan: Argument<Ipvlan> = {
  usage: `[[name] INTERFACE] [ADDRESS[/LENGTH]] [bridge|private|vepa] ${usageOf({ group: IPVLAN.group })}`,
  table: IPVLAN,
  read(reading) {
    const said: { ifName: string | null; address: Cidr | null } = { ifName: null, address: null };
    const { values } = readOptions(reading, IPVLAN, (word) => {
      const isAddress = parseIp(word.text.replace(/\/.*/, "")) !== undefined;
      if (!isAddress) said.ifName = oneName(said.ifName, reading);
      else {
        reading.take();
        if (said.address !== null) refuseSecond(word, "address", reading);
        else said.address = readCidr(word, reading) ?? null;
      }
      return true;
    });
    const [, second] = [values.bridge, values.private, values.vepa].filter((one) => one !== null);
    if (second)
      reading.refuse(OPTIONS_CLASH, second.span, "of bridge, private and vepa there is one");
    return { ...said, ifName: values.name?.value ?? said.ifName, options: values };
  },
};

function oneName(before: string | null, reading: Reading): string | null {
  const word = reading.peek() as Word;
  const name = interfaceName.read(reading);
  if (before === null || name === undefined) return before ?? name ?? null;
  refuseSecond(word, "name", reading);
  return before;
}

function refuseSecond(word: Word, what: string, reading: Reading): void {
  const message = `'${word.text}' would be a second ${what}, and is ignored`;
  reading.refuse(OPTIONS_CLASH, word.span, message);
}

function readMac(word: Word, reading: Reading): Uint8Array | undefined {
  const octets = word.text.split(":");
  const isMac =
    /^[56]$/.test(`${octets.length}`) && octets.every((one) => /^[0-9a-f]{1,2}$/i.test(one));
  const mac = Uint8Array.from(octets, (octet) => Number.parseInt(octet, 16));
  const refuse = (why: string): undefined =>
    reading.refuse(NOT_A_MAC, word.span, `${word.text} ${why}`);
  if (!isMac) return refuse("is not a MAC address of six octets, or five");
  if (((mac[0] as number) & 1) === 1) return refuse("is a multicast address");
  const isOfRfc = [0x00, 0x00, 0x5e, 0x00].every((octet, index) => mac[index] === octet);
  if (isOfRfc && [1, 2].includes(mac[4] as number)) {
    return refuse("is among those that RFC 9568 gives to virtual routers: leave it out");
  }
  return mac;
}
