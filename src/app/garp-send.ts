/** Announcements on demand: rounds with pauses, on an interface that can carry them. */
import type { IpBytes, MacBytes } from "../core/addr.ts";
import { SystemError } from "../core/errors.ts";
import { NETLINK_ROUTE } from "../core/netlink/rtnl.ts";
import type { Link } from "../core/netlink/rtnl-link.ts";
import type { NetlinkSocket, Ports } from "../io/ports.ts";
import type { AnnouncementStyle, ArpForm } from "../proto/announcement.ts";
import { openAnnouncer, requireEthernet } from "./announcements.ts";
import { pause } from "./pause.ts";
import { findLink } from "./rtnl.ts";

export type { ArpForm };

export interface AnnouncementRequest {
  readonly ifName: string;
  readonly ips: readonly IpBytes[];
  readonly count: number; // rounds
  readonly intervalMs: number; // between two rounds
  readonly style: Pick<AnnouncementStyle, "arpForm" | "to"> & {
    readonly mac: MacBytes | undefined; // undefined: the interface's own
    readonly rarp: boolean; // one more frame in each round, for the tables of switches
  };
}

export interface AnnouncementReport {
  readonly ips: readonly IpBytes[];
  readonly mac: MacBytes; // the one announced
  readonly rounds: number; // less than asked for when `signal` ended it
  readonly frames: number;
}

/**
 * The link is looked at before each round, for a frame for a dead link is not refused.
 * @throws UsageError, SystemError, which says how many rounds had been sent by then
 */
export async function sendAnnouncements(
  { ifName, ips, count, intervalMs, style }: AnnouncementRequest,
  ports: Ports,
  signal: AbortSignal,
): Promise<AnnouncementReport> {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const link = readyLink(netlink, ifName, "");
    const mac = style.mac ?? link.mac;
    const announcer = openAnnouncer(ports, link, ips, { ...style, mac });
    try {
      let frames = announcer.announce(1);
      let rounds = 1;
      for (; rounds < count; rounds++) {
        await pause(ports.clock, intervalMs, signal);
        if (signal.aborted) break;
        readyLink(netlink, ifName, `, after ${rounds} of ${count} rounds`);
        frames += announcer.announce(1);
      }
      return { ips, mac, rounds, frames };
    } finally {
      announcer.close();
    }
  } finally {
    netlink.close();
  }
}

function readyLink(netlink: NetlinkSocket, ifName: string, soFar: string): Link {
  const link = findLink(netlink, ifName);
  requireEthernet(link);
  const refuse = (code: string, why: string): never => {
    throw new SystemError("announce on", ifName, code, why + soFar);
  };
  if (!link.up) refuse("ENETDOWN", "the interface is switched off");
  if (!link.running) refuse("no-carrier", "the link is down");
  return link;
}
