/** What adverts say and where they go: their interval, the addresses that fit into them, group and peers. */
import { familyOf, formatIp, type IpBytes, isLinkLocalIp6 } from "../../core/addr.ts";
import {
  ADVERT_INT_MOVED,
  FAULT_WITHOUT_PEER,
  FIRST_NOT_LINK_LOCAL,
  GROUP_OF_UNICAST,
  NO_SOURCE_TO_TRACK,
  TOO_MANY_ADDRESSES,
  UNICAST_WITHOUT_PEER,
} from "../codes/vrrp.ts";
import { corrected } from "./completing.ts";
import type { Completion, Draft } from "./completion.ts";
import { byDefault, inherited, isSaid } from "./in-force.ts";

/** Version 2 has whole seconds, version 3 hundredths. */
export function completeInterval(completion: Completion): void {
  const { draft } = completion;
  const [stepMs, mostMs] = draft.version.value === 2 ? [1000, 255_000] : [10, 40_950];
  const ms = draft.advert_int.value;
  const fits = Math.min(Math.max(Math.round(ms / stepMs) * stepMs, stepMs), mostMs);
  if (fits === ms) return;
  const message = `advert_int ${ms / 1000} becomes ${fits / 1000} in VRRP version ${draft.version.value}`;
  completion.correct("advert_int", fits, ADVERT_INT_MOVED, message, {
    help: `write ${fits / 1000}`,
  });
}

export function completeAddresses(completion: Completion): void {
  const { draft } = completion;
  const [first] = draft.virtual_ipaddress;
  if (first !== undefined && isMulticasting(draft) && draft.strict_mode.value) {
    const { ip } = first.value.address;
    if (familyOf(ip) === 6 && !isLinkLocalIp6(ip)) {
      const message = `${formatIp(ip)} is the first address of vrrp_instance ${draft.name}, and not link-local`;
      const help = "write an address of fe80::/10 in front of it";
      completion.tell(FIRST_NOT_LINK_LOCAL, first, message, { help });
    }
  }
  moveSurplus(completion);
}

function moveSurplus(completion: Completion): void {
  const { draft } = completion;
  const most = roomFor(completion);
  const surplus = draft.virtual_ipaddress.slice(most);
  const [first] = surplus;
  if (first === undefined) return;
  const count = draft.virtual_ipaddress.length;
  const message = `${count} addresses are more than the ${most} of an advert: from here on they are not advertised`;
  const help = "write those behind it into virtual_ipaddress_excluded";
  const found = completion.tell(TOO_MANY_ADDRESSES, first, message, { help });
  draft.virtual_ipaddress = draft.virtual_ipaddress.slice(0, most);
  draft.virtual_ipaddress_excluded = [
    ...draft.virtual_ipaddress_excluded,
    ...surplus.map((one) => corrected(one, one.value, found)),
  ];
}

/** How many addresses an advert takes; keepalived counts the header of Ethernet too. */
function roomFor({ draft, host }: Completion): number {
  const mtu = host?.interfaces.get(draft.interface.value ?? "")?.mtu;
  if (mtu === undefined) return MOST;
  const [ip, size] = draft.family.value === 4 ? [20, 4] : [40, 16];
  const isV2 = draft.version.value === 2 && draft.family.value === 4;
  const authentication = isV2 ? (draft.authentication.value?.type === "AH" ? 8 + 24 : 8) : 0;
  const signature = draft.auth_hmac.value === null ? 0 : 28;
  const left = mtu - ETHERNET - ip - VRRP - authentication - signature;
  return Math.max(0, Math.min(MOST, Math.floor(left / size)));
}

const MOST = 255;
const ETHERNET = 14;
const VRRP = 8;

export const isMulticasting = ({ unicast_peer }: Pick<Draft, "unicast_peer">): boolean =>
  unicast_peer.length === 0;

/** Where adverts go to. Without a peer nothing that is said of unicast counts. */
export function completeDestination(completion: Completion): void {
  const { draft, globals, written } = completion;
  const group = draft.family.value === 4 ? globals.vrrp_mcast_group4 : globals.vrrp_mcast_group6;
  const { mcast_dst_ip: said } = written;
  const isOurs = said !== null && familyOf(said.value) === draft.family.value;
  const ours = inherited("global_defs", group) as typeof draft.mcast_dst_ip;
  if (!isOurs) draft.mcast_dst_ip = ours;
  else if (!isMulticasting(draft)) {
    const message = "mcast_dst_ip is ignored where there are unicast peers";
    completion.correct("mcast_dst_ip", ours.value, GROUP_OF_UNICAST, message);
  }
  if (isMulticasting(draft)) complainOfUnicast(completion);
  else if (draft.unicast_peer.some(({ value }) => hasLimit(value))) {
    if (!isSaid(draft.check_unicast_src)) draft.check_unicast_src = byDefault(true);
  }
}

const hasLimit = ({ options }: { options: { min_ttl: unknown; max_ttl: unknown } }): boolean =>
  options.min_ttl !== null || options.max_ttl !== null;

function complainOfUnicast(completion: Completion): void {
  const { draft, written } = completion;
  if (written.unicast_peer.some(({ value }) => value.length > 0)) return; // they were refused
  if (draft.unicast_fault_no_peer.value !== null) {
    const message = `vrrp_instance ${draft.name} has no unicast_peer, and stays in FAULT`;
    completion.fault(completion.tell(FAULT_WITHOUT_PEER, draft.unicast_fault_no_peer, message));
    return;
  }
  for (const name of UNICAST) {
    const [first] = [written[name] ?? []].flat();
    if (first === undefined) continue;
    const message = `'${name}' needs a unicast_peer: vrrp_instance ${draft.name} multicasts`;
    const help = "write unicast_peer with the addresses of the other routers";
    completion.tell(UNICAST_WITHOUT_PEER, first.keyword, message, { help });
    return;
  }
}

const UNICAST = [
  "unicast_peer",
  "unicast_src_ip",
  "unicast_ttl",
  "check_unicast_src",
  "old_unicast_checksum",
] as const;

/** The source address that may be watched is one that is written. */
export function completeSource(completion: Completion): void {
  const { draft } = completion;
  const source: IpBytes | null = draft.unicast_src_ip.value ?? draft.mcast_src_ip.value;
  if (draft.track_src_ip.value === null || source !== null) return;
  const message = "track_src_ip needs unicast_src_ip or mcast_src_ip: it is ignored";
  completion.correct("track_src_ip", null, NO_SOURCE_TO_TRACK, message);
}
