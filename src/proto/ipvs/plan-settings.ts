/** What is to change of the timeouts and the sync daemons of IPVS. */
import { familyOf, sameIp } from "../../core/addr.ts";
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import type { IpvsStep } from "./step.ts";

/** @param wanted 0: as it is; null: all as they are */
export function planTimeouts(from: IpvsTimeouts, wanted: IpvsTimeouts | null): IpvsStep[] {
  if (wanted === null) return [];
  const timeouts = {
    tcpS: wanted.tcpS || from.tcpS,
    tcpFinS: wanted.tcpFinS || from.tcpFinS,
    udpS: wanted.udpS || from.udpS,
  };
  const isSame =
    timeouts.tcpS === from.tcpS && timeouts.tcpFinS === from.tcpFinS && timeouts.udpS === from.udpS;
  return isSame ? [] : [{ kind: "set-timeouts", timeouts, from }];
}

/** One whose settings are others is stopped first: there is one of each role. @param wanted null: as they are */
export function planDaemons(
  running: readonly IpvsDaemon[],
  wanted: readonly IpvsDaemon[] | null,
): IpvsStep[] {
  if (wanted === null) return [];
  const stays = running.filter((one) => wanted.some((other) => isAsWanted(one, other)));
  const stop = running.filter((one) => !stays.includes(one));
  const start = wanted.filter((one) => !stays.some((other) => other.role === one.role));
  return [
    ...stop.map((daemon): IpvsStep => ({ kind: "stop-daemon", daemon })),
    ...start.map((daemon): IpvsStep => ({ kind: "start-daemon", daemon })),
  ];
}

/** What is not said is as the kernel chose it. */
function isAsWanted(running: IpvsDaemon, wanted: IpvsDaemon): boolean {
  const { role, ifName, syncId, maxBytes, group, port, ttl } = wanted;
  const isOf = (value: number, own: number): boolean => value === 0 || value === own;
  return (
    role === running.role &&
    ifName === running.ifName &&
    syncId === running.syncId &&
    isOf(maxBytes === 0 ? 0 : heldBytes(wanted), running.maxBytes) &&
    isOf(port, running.port) &&
    isOf(ttl, running.ttl) &&
    (group === null || (running.group !== null && sameIp(group, running.group)))
  );
}

/** How many the kernel makes of what it is told: start_sync_thread of net/netfilter/ipvs/ip_vs_sync.c. */
function heldBytes({ role, maxBytes, group }: IpvsDaemon): number {
  const header = group === null || familyOf(group) === 4 ? 28 : 48; // of IP and UDP
  return Math.min(Math.max(maxBytes, role === "backup" ? 1024 : 1), MOST_BYTES - header);
}

const MOST_BYTES = 0xffff;
