/** One change of IPVS: what a plan consists of. */
import type { IpvsDaemon, IpvsTimeouts } from "../../core/netlink/ipvs-daemon.ts";
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { IpvsService, ServiceId } from "../../core/netlink/ipvs-service.ts";
import { serviceKey } from "./table.ts";
import { daemonSubject, destinationSubject } from "./target.ts";

export type IpvsStep =
  | { readonly kind: "add-service"; readonly service: IpvsService }
  | { readonly kind: "set-service"; readonly service: IpvsService; readonly from: IpvsService }
  | { readonly kind: "delete-service"; readonly service: IpvsService }
  | (OfService & { readonly kind: "add-destination" })
  | (OfService & { readonly kind: "set-destination"; readonly from: IpvsDestination })
  | (OfService & { readonly kind: "quiesce-destination" }) // with the weight that it has still
  | (OfService & { readonly kind: "delete-destination" })
  | { readonly kind: "set-timeouts"; readonly timeouts: IpvsTimeouts; readonly from: IpvsTimeouts }
  | { readonly kind: "start-daemon"; readonly daemon: IpvsDaemon }
  | { readonly kind: "stop-daemon"; readonly daemon: IpvsDaemon };

interface OfService {
  readonly id: ServiceId;
  readonly destination: IpvsDestination;
}

/** What a step is about: `tcp 192.0.2.1:80`, `10.0.0.1:80 of tcp 192.0.2.1:80`, `timeouts`. */
export function stepSubject(step: IpvsStep): string {
  if ("service" in step) return serviceKey(step.service.id);
  if ("destination" in step) return destinationSubject(step.id, step.destination);
  return "daemon" in step ? daemonSubject(step.daemon) : "timeouts";
}

/** The service that has to be there for it. */
export function serviceOfStep(step: IpvsStep): string | undefined {
  return "destination" in step ? serviceKey(step.id) : undefined;
}

/** What takes something away, behind all that comes. */
export const isGoing = ({ kind }: IpvsStep): boolean => GOING.has(kind);

const GOING: ReadonlySet<IpvsStep["kind"]> = new Set([
  "quiesce-destination",
  "delete-destination",
  "delete-service",
]);
