/** Where connections of virtual servers are to go: the port for IPVS. */
import type { DestinationRecord, ServerEvent } from "./server-events.ts";

export interface IpvsPort {
  /** All destinations of a virtual server, instead of those before. @param service its label */
  point(service: string, destinations: readonly DestinationRecord[]): void;
}

/** Changes nothing in the kernel: tells what is to be there. */
export const tellingIpvs = (tell: (event: ServerEvent) => void): IpvsPort => ({
  point: (service, destinations) => tell({ type: "destinations", service, destinations }),
});
