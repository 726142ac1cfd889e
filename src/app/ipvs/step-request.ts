/** A step of a plan as a request to the kernel, and what its refusal means. */
import { SystemError } from "../../core/errors.ts";
import type { IpvsRequest } from "../../core/netlink/ipvs.ts";
import { setTimeouts, startDaemon, stopDaemon } from "../../core/netlink/ipvs-daemon.ts";
import {
  addDestination,
  deleteDestination,
  setDestination,
} from "../../core/netlink/ipvs-destination.ts";
import {
  addService,
  deleteService,
  type IpvsService,
  setService,
} from "../../core/netlink/ipvs-service.ts";
import { type IpvsStep, stepSubject } from "../../proto/ipvs/step.ts";
import type { NamedRequest } from "./kernel.ts";

/** A request that knows its step. */
export class StepRequest implements NamedRequest {
  readonly step: IpvsStep;
  readonly request: IpvsRequest;

  constructor(step: IpvsStep) {
    this.step = step;
    this.request = requestOf(step);
  }

  get op(): string {
    return `ipvs ${this.step.kind}`;
  }

  get subject(): string {
    return stepSubject(this.step);
  }
}

/** Made one after the other, as they are sent: all of a large table would take much memory. */
export function* stepRequests(steps: Iterable<IpvsStep>): Generator<StepRequest> {
  for (const step of steps) yield new StepRequest(step);
}

/** The same error, in words where the kernel has a number alone. */
export function explained({ step }: StepRequest, error: SystemError): SystemError {
  const detail = detailOf(step, error.code);
  return detail === undefined
    ? error
    : new SystemError(error.op, error.subject, error.code, detail, { cause: error });
}

/** True of what another program has done between reading and writing. */
export function isRace(step: IpvsStep, code: string): boolean {
  switch (step.kind) {
    case "add-service":
    case "start-daemon":
      return code === "EEXIST";
    case "add-destination":
      return code === "EEXIST" || code === "ESRCH";
    case "set-timeouts":
      return false;
    case "set-service":
    case "delete-service":
    case "stop-daemon":
      return code === "ESRCH";
    default:
      return code === "ENOENT" || code === "ESRCH";
  }
}

function requestOf(step: IpvsStep): IpvsRequest {
  switch (step.kind) {
    case "add-service":
      return addService(step.service);
    case "set-service":
      return setService(step.service);
    case "delete-service":
      return deleteService(step.service.id);
    case "add-destination":
      return addDestination(step.id, step.destination);
    case "set-destination":
      return setDestination(step.id, step.destination);
    case "quiesce-destination":
      return setDestination(step.id, { ...step.destination, weight: 0 });
    case "delete-destination":
      return deleteDestination(step.id, step.destination);
    case "set-timeouts":
      return setTimeouts(step.timeouts);
    case "start-daemon":
      return startDaemon(step.daemon);
    case "stop-daemon":
      return stopDaemon(step.daemon);
  }
}

function detailOf(step: IpvsStep, code: string): string | undefined {
  if (code === "ENOENT" && (step.kind === "add-service" || step.kind === "set-service"))
    return missingModules(step.service);
  if (code === "ENODEV" && step.kind === "start-daemon")
    return `there is no interface ${step.daemon.ifName}`;
  if (code === "EINVAL" && step.kind === "add-destination")
    return "the kernel takes unicast addresses alone, and knows of none while no interface is up (ip link set lo up)";
  if (code === "EEXIST" || code === "ESRCH" || code === "ENOENT")
    return "another program changes IPVS at the same time";
  return undefined;
}

/** What ENOENT of a service means. */
export function missingModules({ scheduler, persistence }: IpvsService): string {
  const engine = persistence?.engine ?? null;
  const modules =
    engine === null ? "" : ` or persistence engine ${engine} (modprobe ip_vs_pe_${engine})`;
  return `this kernel has no scheduler ${scheduler} (modprobe ip_vs_${scheduler})${modules}`;
}
