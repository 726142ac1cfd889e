/** Where connections of virtual servers are to go: the port for IPVS. */
import type { PlannedService } from "../plan/lvs-plan.ts";
import type { DestinationRecord, ServerEvent } from "./server-events.ts";

export interface IpvsPort {
  /** All destinations of a virtual server, instead of those before. @param service its label */
  point(service: string, destinations: readonly DestinationRecord[]): void;
  /** Of each of its servers, in their order; null where IPVS is not there. */
  connections(service: PlannedService): readonly Connections[] | null;
}

/** What a real server has of them in IPVS. */
export interface Connections {
  readonly active: number;
  readonly inactive: number; // that are being closed, or are of UDP
  readonly persistent: number; // templates
}

/** Changes nothing in the kernel: tells what is to be there. */
export const tellingIpvs = (tell: (event: ServerEvent) => void): IpvsPort => ({
  point: (service, destinations) => tell({ type: "destinations", service, destinations }),
  connections: () => null,
});
