/** Listening to the adverts of one LAN for a while, to know who is there. */
import type { Family } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { Ports } from "../../io/ports.ts";
import type { Sighting } from "../../proto/sniff/sighting.ts";
import type { VirtualRouter } from "../../proto/sniff/virtual-router.ts";
import { requireEthernet } from "../announcements.ts";
import { findLink } from "../rtnl.ts";
import { listenLive } from "../sniff/live.ts";
import { PLAIN_QUESTION, SniffSession } from "../sniff/session.ts";
import type { SniffSummary } from "../sniff/sniff-counts.ts";

export interface WireQuestion {
  readonly ifName: string;
  readonly vrid: number | undefined; // all
  readonly family: Family | undefined; // both
  readonly listenMs: number | undefined; // one master-down time of what is heard
}

export interface WireHearing {
  /** Those of the untagged LAN, in the order of VRID and family. */
  readonly routers: readonly VirtualRouter[];
  readonly summary: SniffSummary;
  readonly listenedMs: number;
  readonly nowMs: number; // milliseconds since 1970, at the end
}

type Outside = Pick<Ports, "clock" | "openNetlink" | "openIpSocket" | "openCapture">;

/**
 * Takes part in nothing; joins VRRP's groups, so that switches let the adverts through.
 * @throws SystemError where nothing could be heard; the reason of `signal` when it aborts
 */
export async function hearWire(
  { ifName, vrid, family, listenMs }: WireQuestion,
  ports: Outside,
  signal: AbortSignal,
  onSighting: (sighting: Sighting) => void = () => {},
): Promise<WireHearing> {
  examine(ifName, ports);
  const isUntagged = ({ segment }: { segment: string }): boolean => segment === ifName;
  const session = new SniffSession(
    { ...PLAIN_QUESTION, vrid, family },
    {
      onSighting: (sighting) => {
        if (isUntagged(sighting)) onSighting(sighting);
      },
      onChange: () => {},
    },
  );
  const startedMs = ports.clock.nowMs();
  const source = { kind: "live", ifName, join: true, family, forMs: listenMs } as const;
  const silent = { onListening: () => {}, onPause: () => {} };
  const end = await listenLive({ ...source, untilSettled: true }, session, ports, [signal], silent);
  signal.throwIfAborted();
  return {
    routers: session.routers
      .filter(isUntagged)
      .sort((a, b) => a.vrid - b.vrid || a.family - b.family),
    summary: session.report(end.endMs, end.kernelDrops).summary,
    listenedMs: ports.clock.nowMs() - startedMs,
    nowMs: end.endMs,
  };
}

function examine(ifName: string, ports: Outside): void {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const link = findLink(netlink, ifName);
    requireEthernet(link);
    if (!link.running) throw new SystemError("listen", ifName, "ENETDOWN", "the interface is down");
  } finally {
    netlink.close();
  }
}
