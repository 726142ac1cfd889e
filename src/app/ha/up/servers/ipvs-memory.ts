/** What the process that follows one which has ended has to know of IPVS. */
import type { IpvsTimeouts } from "../../../../core/netlink/ipvs-daemon.ts";
import type { ServiceId } from "../../../../core/netlink/ipvs-service.ts";

export interface IpvsMemory {
  readonly owned: readonly ServiceId[]; // services that we have made, or taken over
  readonly timeouts: IpvsTimeouts | null; // that are to be again at the end; null: they were not changed
}
