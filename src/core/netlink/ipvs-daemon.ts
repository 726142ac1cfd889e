/** The sync daemons and the timeouts of IPVS: IPVS_DAEMON_ATTR_*, IPVS_CMD_ATTR_TIMEOUT_* of linux/ip_vs.h. */
import { familyOf, type IpBytes } from "../addr.ts";
import type { Decoded } from "../result.ts";
import { decodeGenl } from "./genl.ts";
import { IPVS, IPVS_COMMANDS, type IpvsRequest, ipvsRequest } from "./ipvs.ts";
import { REQUEST_FLAGS } from "./message.ts";

/** Tells other balancers of the connections, or hears of theirs. */
export interface IpvsDaemon {
  readonly role: DaemonRole;
  readonly ifName: string;
  readonly syncId: number; // u8; a backup with 0 hears all
  readonly maxBytes: number; // u16, of a message; 0: as the interface has it
  readonly group: IpBytes | null; // multicast; null: 224.0.0.81
  readonly port: number; // u16; 0: 8848
  readonly ttl: number; // u8; 0: 1
}

export type DaemonRole = keyof typeof STATES;

/** Seconds without a packet after which a connection is forgotten; 0: as it was. */
export interface IpvsTimeouts {
  readonly tcpS: number;
  readonly tcpFinS: number;
  readonly udpS: number;
}

/** An answer to `dumpDaemons`. Codes: `short`, `no-daemon`, those of attributes. */
export const decodeDaemon = (body: Uint8Array): Decoded<IpvsDaemon> =>
  decodeGenl("ipvs-daemon", body, IPVS, ({ daemon }, r) => {
    const role = ROLES.get(daemon?.state ?? 0);
    if (daemon === undefined || role === undefined) return r.fail("no-daemon");
    return {
      role,
      ifName: daemon.ifName ?? "",
      syncId: daemon.syncId ?? 0,
      maxBytes: daemon.maxBytes ?? 0,
      group: daemon.group6 ?? daemon.group4 ?? null,
      port: daemon.port ?? 0,
      ttl: daemon.ttl ?? 0,
    };
  });

/** Those that run: at most one of each role. */
export const dumpDaemons = (): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.getDaemon, {}, REQUEST_FLAGS.dump);

/** Refused with EEXIST where one of the role runs. */
export const startDaemon = (daemon: IpvsDaemon): IpvsRequest => {
  const { role, ifName, syncId, maxBytes, group, port, ttl } = daemon;
  return ipvsRequest(IPVS_COMMANDS.newDaemon, {
    daemon: {
      ...{ state: STATES[role], ifName, syncId },
      maxBytes: maxBytes || undefined,
      group4: group !== null && familyOf(group) === 4 ? group : undefined,
      group6: group !== null && familyOf(group) === 6 ? group : undefined,
      port: port || undefined,
      ttl: ttl || undefined,
    },
  });
};

/** Refused with ESRCH where none runs. */
export const stopDaemon = ({
  role,
  ifName,
  syncId,
}: Pick<IpvsDaemon, "role" | "ifName" | "syncId">): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.deleteDaemon, { daemon: { state: STATES[role], ifName, syncId } });

export const getTimeouts = (): IpvsRequest => ipvsRequest(IPVS_COMMANDS.getConfig, {});

export const setTimeouts = ({ tcpS, tcpFinS, udpS }: IpvsTimeouts): IpvsRequest =>
  ipvsRequest(IPVS_COMMANDS.setConfig, { tcpS, tcpFinS, udpS });

/** The answer to `getTimeouts`. Codes: `short`, those of attributes. */
export const decodeTimeouts = (body: Uint8Array): Decoded<IpvsTimeouts> =>
  decodeGenl("ipvs-timeouts", body, IPVS, ({ tcpS = 0, tcpFinS = 0, udpS = 0 }) => ({
    tcpS,
    tcpFinS,
    udpS,
  }));

/** IP_VS_STATE_*. */
const STATES = { master: 1, backup: 2 } as const;
const ROLES = new Map<number, DaemonRole>([
  [STATES.master, "master"],
  [STATES.backup, "backup"],
]);
