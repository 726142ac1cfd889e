/** Where connections of virtual servers are to go: the port for IPVS. */
import type { Destination } from "../../../../proto/lvs/virtual-server.ts";
import type { PlannedService } from "../plan/lvs-plan.ts";

export interface IpvsPort {
  /** All destinations of a virtual server, instead of those before. */
  point(service: PlannedService, destinations: readonly Destination[]): void;
  /** Of each of its servers, in their order; null where IPVS is not there. */
  connections(service: PlannedService): readonly Connections[] | null;
}

/** What a real server has of them in IPVS. */
export interface Connections {
  readonly active: number;
  readonly inactive: number; // that are being closed, or are of UDP
  readonly persistent: number; // templates
}
