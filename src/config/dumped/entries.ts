/** Addresses, routes and rules in the words in which keepalived dumps them, which are nearly those of iproute2. */
import { addressBits, type Cidr, familyOf, formatCidr, formatIp } from "../../core/addr.ts";
import { TABLES } from "../../core/clauses.ts";
import { SCOPES } from "../../core/netlink/rtnl.ts";
import type { EffectiveAddress } from "../effective/instance.ts";
import type { RouteEntry } from "../entries/route.ts";
import type { RuleEntry } from "../entries/rule.ts";
import type { Realms } from "../entries/values.ts";

/** The interfaces of a virtual router: `base` is what a VMAC or an ipvlan stands on. */
export interface DumpedPlace {
  readonly own: string;
  readonly base: string;
}

/** `10.0.0.9/24 dev eth0 scope global label eth0:x`. */
export function dumpedAddress({ address, options }: EffectiveAddress, place: DumpedPlace): string {
  const { ip, prefixLength } = address;
  const { brd, dev, scope, label, peer, preferred_lft: preferred } = options;
  const isWhole = prefixLength === addressBits(familyOf(ip));
  const isPlaced = dev.origin.kind === "written" && dev.value !== null;
  const ifName = isPlaced ? (dev.value ?? "") : dumpedInterface(place);
  const scopeName = Object.entries(SCOPES).find(([, number]) => number === scope.value)?.[0];
  return words(
    isWhole ? formatIp(ip) : formatCidr(address),
    brd.value !== null && `brd ${formatIp(broadcastOf(brd.value, address))}`,
    `dev ${ifName} scope ${scopeName ?? scope.value}`,
    label.value !== null && `label ${label.value}`,
    ...(["home", "-nodad", "mngtmpaddr", "noprefixroute", "autojoin"] as const).map(
      (name) => options[name].value !== null && name,
    ),
    preferred.value === 0 && familyOf(ip) === 6 && "deprecated",
    preferred.value !== 0 && familyOf(ip) === 6 && "preferred_lft forever",
    options.no_track.value !== null && "no_track",
    peer.value !== null && `peer ${formatIp(peer.value)}/${addressBits(familyOf(peer.value))}`,
  );
}

const dumpedInterface = ({ own, base }: DumpedPlace): string =>
  own === base ? own : `${own}@${base}`;

function broadcastOf(said: Uint8Array | "+" | "-", { ip, prefixLength }: Cidr): Uint8Array {
  if (typeof said !== "string") return said;
  return ip.map((byte, index) => {
    const hostBits = 0xff >> Math.min(8, Math.max(0, prefixLength - 8 * index));
    return said === "+" ? byte | hostBits : byte & ~hostBits;
  });
}

/** `prepend 10.9.0.0/16 via inet 10.0.0.2 dev eth0 proto 18 metric 3`. */
export function dumpedRoute({ type, destination, options }: RouteEntry): string {
  const { src, from, tos, via, dev, table, metric, scope, mtu, advmss, hoplimit } = options;
  const isUntold = options.no_track !== null && options.protocol === null;
  const isUntracked = options.no_track !== null || dev === null;
  const protocol = isUntracked ? (options.protocol?.value ?? KEEPALIVED) : KEEPALIVED;
  return words(
    modeOf(type, options),
    type !== "unicast" && type,
    prefixOf(destination, options.inet6 !== null),
    from !== null && `from ${prefixOf(from.value, true)}`,
    src !== null && `src ${formatIp(src.value)}`,
    tos !== null && `tos ${tos.value}`,
    via !== null && `via ${gateway(via.value)}`,
    dev !== null && `dev ${dev.value}`,
    table !== null && tableOf(table.value) !== MAIN && `table ${tableOf(table.value)}`,
    !isUntold && `proto ${PROTOCOLS[protocol] ?? protocol}`,
    scope !== null && `scope ${scope.value}`,
    metric !== null && `metric ${metric.value}`,
    options.onlink !== null && "onlink",
    ...(
      [
        ["mtu", mtu],
        ["advmss", advmss],
      ] as const
    ).map(
      ([name, said]) => said && `${name} ${said.value.isLocked ? "lock " : ""}${said.value.value}`,
    ),
    hoplimit !== null && `hoplimit ${hoplimit.value}`,
    ...options.nexthop.map(({ value: hop }) =>
      words(
        "nexthop",
        hop.via !== null && `via ${gateway(hop.via.value)}`,
        hop.dev !== null && `dev ${hop.dev.value}`,
        hop.weight !== null && `weight ${hop.weight.value}`,
        hop.onlink !== null && "onlink",
      ),
    ),
    isUntracked && "no_track",
  );
}

/** In front of those that there are, unless something else is said. */
function modeOf(type: string, { append, add }: RouteEntry["options"]): string {
  if (append !== null) return "append";
  return add !== null || type !== "unicast" ? "add" : "prepend";
}

/** `from 10.9.0.0/16 priority 1000 tos 0x0 protocol 18 lookup 33`. */
export function dumpedRule({ family, options }: RuleEntry): string {
  const { from, to, preference, tos, fwmark, iif, oif, uidrange, ipproto, sport, dport } = options;
  const tunnel = options["tunnel-id"];
  const mask = fwmark !== null && fwmark.value.mask !== MAX_MASK && `/${hex(fwmark.value.mask)}`;
  const isUntold = options.no_track !== null && options.protocol === null;
  const is6 = family === 6;
  return words(
    options.not !== null && "not",
    `from ${from === null ? "all" : prefixOf(from.value, is6)}`,
    to !== null && `to ${prefixOf(to.value, is6)}`,
    preference !== null && `priority ${preference.value}`,
    `tos ${hex(Number(tos?.value ?? 0))}`,
    fwmark !== null && `fwmark ${hex(fwmark.value.mark)}${mask || ""}`,
    iif !== null && `iif ${iif.value}`,
    oif !== null && `oif ${oif.value}`,
    options.suppress_prefixlength !== null &&
      `suppress_prefixlen ${options.suppress_prefixlength.value}`,
    options.suppress_ifgroup !== null && `suppress_ifgroup ${options.suppress_ifgroup.value}`,
    tunnel !== null && `tunnel-id ${tunnel.value}`,
    uidrange !== null && `uidrange ${uidrange.value.from}-${uidrange.value.to}`,
    options.l3mdev !== null && "l3mdev",
    !isUntold && `protocol ${options.protocol?.value ?? KEEPALIVED}`,
    ipproto !== null && `ipproto ${IP_PROTOCOLS[ipproto.value] ?? ipproto.value}`,
    sport !== null && `sport ${sport.value.from}-${sport.value.to}`,
    dport !== null && `dport ${dport.value.from}-${dport.value.to}`,
    options.realms !== null && `realms ${realmsText(options.realms.value)}`,
    actionOf(options),
    options.no_track !== null && "no_track",
  );
}

function actionOf({ table, goto, nop, l3mdev, ...options }: RuleEntry["options"]): string {
  if (goto !== null) return `goto ${goto.value}`;
  if (nop !== null) return "nop";
  const type = (["blackhole", "unreachable", "prohibit"] as const).find((one) => options[one]);
  if (type !== undefined) return `type ${type}`;
  return `lookup ${table === null || l3mdev !== null ? 0 : tableOf(table.value)}`;
}

const words = (...parts: readonly (string | false | null)[]): string =>
  parts.filter((part) => typeof part === "string" && part !== "").join(" ");

const gateway = (ip: Uint8Array): string =>
  `${familyOf(ip) === 4 ? "inet" : "inet6"} ${formatIp(ip)}`;

const prefixOf = (said: Cidr | "any", is6: boolean): string =>
  said === "any" ? (is6 ? "::/0" : "0.0.0.0/0") : formatCidr(said);

const tableOf = (said: number | string): number | string =>
  typeof said === "number" ? said : (TABLES[said] ?? said);

const realmsText = ({ source, destination }: Realms): string =>
  source === null ? `${destination}` : `${source}/${destination}`;

const hex = (value: number): string => `0x${value.toString(16)}`;

const MAIN = 254;
const MAX_MASK = 2 ** 32 - 1;
const KEEPALIVED = 18; // RTPROT_KEEPALIVED of linux/rtnetlink.h
const PROTOCOLS: Readonly<Record<string, number>> = {
  kernel: 2,
  boot: 3,
  static: 4,
  keepalived: KEEPALIVED,
};
const IP_PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, sctp: 132 };
