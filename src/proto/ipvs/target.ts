/** What IPVS is to be: the table that a file wants, and what it says of timeouts and sync daemons. */
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";
import { destinationKey, type IpvsTable, serviceKey } from "./table.ts";

/** What is null is not said: it stays as the kernel has it. */
export interface IpvsTarget {
  readonly table: IpvsTable;
  readonly timeouts: IpvsTimeouts | null; // a timeout of 0 stays as it is
  readonly daemons: readonly IpvsDaemon[] | null; // [] wants none
}

/** A target that was read: where each part of it stands, so that rules and refusals can name the line. */
export interface PlacedTarget extends IpvsTarget {
  /** FILE:LINE:COLUMN by `serviceKey`, `destinationSubject` or `daemonSubject`; "timeouts" for these. */
  readonly places: ReadonlyMap<string, string>;
}

/** `10.0.0.1:80 of tcp 192.0.2.1:80`: one destination of one service, in errors and among places. */
export const destinationSubject = (
  service: ServiceId,
  destination: Pick<IpvsDestination, "ip" | "port">,
): string => `${destinationKey(destination)} of ${serviceKey(service)}`;

/** `sync daemon master`: there is at most one of each role. */
export const daemonSubject = ({ role }: Pick<IpvsDaemon, "role">): string => `sync daemon ${role}`;
