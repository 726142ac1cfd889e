/** Changes that a command line of ipvsadm(8) asks for, as requests to the kernel, and what their refusals mean. */
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
  flushServices,
  setService,
  zeroCounters,
} from "../../core/netlink/ipvs-service.ts";
import type { IpvsadmCommand } from "../../proto/ipvs/ipvsadm-command.ts";
import { serviceKey } from "../../proto/ipvs/table.ts";
import { daemonSubject, destinationSubject } from "../../proto/ipvs/target.ts";
import type { IpvsKernel, NamedRequest } from "./kernel.ts";
import { missingModules } from "./step-request.ts";

export type AdmChange = Exclude<
  IpvsadmCommand,
  { readonly kind: "list" | "save" | "restore" | "help" | "version" }
>;

export const isAdmChange = (command: IpvsadmCommand): command is AdmChange =>
  !["list", "save", "restore", "help", "version"].includes(command.kind);

/** In their order, each whatever becomes of those before it. @returns the refusals, each with its place. @throws SystemError */
export function carryOutAdm(
  kernel: Pick<IpvsKernel, "change">,
  changes: readonly AdmChange[],
): { readonly index: number; readonly error: SystemError }[] {
  const requests = changes.map(admRequest);
  return kernel.change(requests).map(({ request, error }) => {
    const index = request.index;
    return { index, error: explained(changes[index] as AdmChange, error) };
  });
}

function admRequest(change: AdmChange, index: number): NamedRequest & { readonly index: number } {
  const [subject, request] = requestOf(change);
  return { op: `ipvs ${change.kind}`, subject, request, index };
}

function requestOf(change: AdmChange): [subject: string, request: IpvsRequest] {
  switch (change.kind) {
    case "add-service":
      return [serviceKey(change.service.id), addService(change.service)];
    case "edit-service":
      return [serviceKey(change.service.id), setService(change.service)];
    case "delete-service":
      return [serviceKey(change.id), deleteService(change.id)];
    case "add-server":
    case "edit-server": {
      const { id, destination } = change;
      const request = change.kind === "add-server" ? addDestination : setDestination;
      return [destinationSubject(id, destination), request(id, destination)];
    }
    case "delete-server": {
      const { id, destination } = change;
      return [destinationSubject(id, destination), deleteDestination(id, destination)];
    }
    case "clear":
      return ["all services", flushServices()];
    case "zero":
      return [change.id === null ? "all services" : serviceKey(change.id), zeroCounters(change.id)];
    case "set":
      return ["timeouts", setTimeouts(change.timeouts)];
    case "start-daemon":
      return [daemonSubject(change.daemon), startDaemon(change.daemon)];
    case "stop-daemon":
      return [daemonSubject(change.daemon), stopDaemon(change.daemon)];
  }
}

/** The same error, in words where the kernel has a number alone. */
function explained(change: AdmChange, error: SystemError): SystemError {
  const detail = detailOf(change, error.code);
  if (detail === undefined) return error;
  return new SystemError(error.op, error.subject, error.code, detail, { cause: error });
}

function detailOf(change: AdmChange, code: string): string | undefined {
  const isDaemon = change.kind === "start-daemon" || change.kind === "stop-daemon";
  switch (code) {
    case "EEXIST":
      return isDaemon ? "one runs already" : "it is there already";
    case "ESRCH":
      return isDaemon ? "none runs" : "there is no such service";
    case "ENOENT":
      return "service" in change ? missingModules(change.service) : "there is no such server";
    case "ERANGE":
      return "destination" in change ? "the lower threshold is above the upper one" : undefined;
    case "ENODEV":
      return isDaemon ? `there is no interface ${change.daemon.ifName}` : undefined;
    case "EINVAL":
      if (isDaemon) return "its interface must be up, know multicast and have an address";
      return "destination" in change
        ? "a real server has a unicast address, of the other IP version with a tunnel alone"
        : undefined;
    default:
      return undefined;
  }
}
