/** The values that options of ipvsadm(8) have: addresses with ports, numbers, masks, flags of schedulers. */

import { type IpBytes, parseIp } from "../../core/addr.ts";
import { quoted } from "../../core/printable.ts";
import { type Word, WordFault } from "./ipvsadm-words.ts";
import { schedulerFlag } from "./scheduler-flags.ts";

/** @throws WordFault */
export function numberOf({ text, at }: Word, name: string, min: number, max: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new WordFault(at, `--${name} ${quoted(text)} is no number of ${min}..${max}`);
}

export interface Endpoint {
  readonly ip: IpBytes;
  readonly port: number | undefined;
}

/** `10.0.0.1:80`, `10.0.0.1`, `[fd00::1]:http`, `fd00::1`. @throws WordFault */
export function endpointOf({ text, at }: Word, name: string): Endpoint {
  const [, six, four, port] = ENDPOINT.exec(text) ?? ["", text]; // IPv6 may stand without brackets
  const ip = parseIp(six ?? four ?? "");
  if (ip !== undefined && (ip.length === 16) === (six !== undefined))
    return { ip, port: port === undefined ? undefined : portOf(port, at) };
  const isName = /^[a-z][\w.-]*(:|$)/i.test(text);
  const reason = isName
    ? "is a name, and none is looked up here: write its address (ipvsadm -S -n does)"
    : "is no address with a port: 192.0.2.1:80 or [2001:db8::1]:80";
  throw new WordFault(at, `--${name} ${quoted(text)} ${reason}`);
}

function portOf(text: string, at: number): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : PORTS.get(text);
  if (port !== undefined && port <= 65_535) return port;
  const isName = /^[a-z]/i.test(text);
  const reason = isName ? "is not known here: write its number (ipvsadm -S -n does)" : "is none";
  throw new WordFault(at, `port ${quoted(text)} ${reason}`);
}

/** A netmask of IPv4 as a number. @throws WordFault */
export function netmaskOf({ text, at }: Word): number {
  const ip = parseIp(text);
  if (ip?.length === 4) return new DataView(ip.buffer, ip.byteOffset).getUint32(0);
  throw new WordFault(at, `--netmask ${quoted(text)} is no mask of IPv4, as 255.255.255.0`);
}

/** Bits of `schedulerFlags`. @throws WordFault */
export function schedulerFlagsOf({ text, at }: Word, scheduler: string): number {
  let bits = 0;
  for (const name of text.split(",").filter((part) => part !== "")) {
    const bit = schedulerFlag(scheduler, name);
    if (typeof bit === "string") throw new WordFault(at, `--sched-flags ${quoted(name)} ${bit}`);
    bits |= bit;
  }
  return bits;
}

const ENDPOINT = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([^:]*))?$/;

/** As services(5) names what is mostly balanced. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ...([
    ["ftp", 21],
    ["ssh", 22],
    ["telnet", 23],
    ["smtp", 25],
    ["domain", 53],
  ] as const),
  ...([
    ["tftp", 69],
    ["http", 80],
    ["kerberos", 88],
    ["pop3", 110],
    ["sunrpc", 111],
  ] as const),
  ...([
    ["ntp", 123],
    ["imap2", 143],
    ["snmp", 161],
    ["ldap", 389],
    ["https", 443],
  ] as const),
  ...([
    ["submissions", 465],
    ["syslog", 514],
    ["submission", 587],
    ["ldaps", 636],
  ] as const),
  ...([
    ["domain-s", 853],
    ["imaps", 993],
    ["pop3s", 995],
    ["openvpn", 1194],
  ] as const),
  ...([
    ["ms-sql-s", 1433],
    ["radius", 1812],
    ["radius-acct", 1813],
    ["nfs", 2049],
  ] as const),
  ...([
    ["mysql", 3306],
    ["sip", 5060],
    ["sip-tls", 5061],
    ["xmpp-client", 5222],
  ] as const),
  ...([
    ["postgresql", 5432],
    ["amqps", 5671],
    ["amqp", 5672],
    ["redis", 6379],
  ] as const),
  ["http-alt", 8080],
]);
