/** Virtual services in the words of ipvsadm(8): which is meant, how it schedules, what persists. */
import type { Family } from "../../core/addr.ts";
import {
  hostNetmask,
  type IpvsProtocol,
  type IpvsService,
  type Persistence,
  type ServiceId,
  serviceFamily,
} from "../../core/netlink/ipvs-service.ts";
import { endpointOf, netmaskOf, numberOf, schedulerFlagsOf } from "./ipvsadm-values.ts";
import { type IpvsadmLine, WordFault } from "./ipvsadm-words.ts";

export const hasService = ({ given }: IpvsadmLine): boolean =>
  SERVICES.some(([name]) => given.has(name)) || given.has("fwmark-service");

/** @throws WordFault */
export function idOf({ command, given }: IpvsadmLine): ServiceId {
  const six = given.get("ipv6");
  const mark = given.get("fwmark-service");
  if (mark !== undefined) {
    const family: Family = six === undefined ? 4 : 6;
    return { by: "fwmark", mark: numberOf(mark, "fwmark-service", 1, MOST_MARK), family };
  }
  if (six !== undefined) throw new WordFault(six.at, "--ipv6 goes with --fwmark-service alone");
  for (const [name, protocol] of SERVICES) {
    const word = given.get(name);
    if (word === undefined) continue;
    const { ip, port } = endpointOf(word, name);
    return { by: "address", protocol, ip, port: port ?? 0 };
  }
  throw missing(given, command, "which service? -t, -u, --sctp-service or -f");
}

/** @throws WordFault */
export function serviceOf(line: IpvsadmLine): IpvsService {
  const { given } = line;
  const id = idOf(line);
  const scheduler = given.get("scheduler")?.text || DEFAULT_SCHEDULER;
  const flags = given.get("sched-flags");
  return {
    id,
    scheduler,
    schedulerFlags: flags === undefined ? 0 : schedulerFlagsOf(flags, scheduler),
    onePacket: given.has("ops"),
    persistence: persistenceOf(line, serviceFamily(id)),
  };
}

/** A netmask without persistence is of no account, as it is to ipvsadm. */
function persistenceOf({ given }: IpvsadmLine, family: Family): Persistence | null {
  const engine = given.get("pe");
  const mask = given.get("netmask");
  const netmask =
    mask === undefined
      ? hostNetmask(family)
      : family === 4
        ? netmaskOf(mask)
        : numberOf(mask, "netmask", 1, 128);
  const timeout = given.get("persistent");
  if (timeout === undefined) {
    if (!engine?.text) return null;
    throw new WordFault(engine.at, "--pe needs persistence: add -p");
  }
  const timeoutS =
    timeout.text === "" ? DEFAULT_TIMEOUT_S : numberOf(timeout, "persistent", 1, MOST_SECONDS);
  return { timeoutS, netmask, engine: engine?.text || null };
}

/** A command lacks what it is about. */
export const missing = (
  given: IpvsadmLine["given"],
  command: string,
  question: string,
): WordFault => new WordFault(given.get(command)?.at ?? 0, `--${command}: ${question}`);

const SERVICES: readonly (readonly [string, IpvsProtocol])[] = [
  ["tcp-service", "tcp"],
  ["udp-service", "udp"],
  ["sctp-service", "sctp"],
];
const DEFAULT_SCHEDULER = "wlc";
const DEFAULT_TIMEOUT_S = 360;
export const MOST_SECONDS = 2_678_400; // 31 days
const MOST_MARK = 0xffff_ffff;
