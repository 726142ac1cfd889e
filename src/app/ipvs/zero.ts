/** Sets counters of IPVS to 0. */
import { UsageError } from "../../core/errors.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";
import { quoted } from "../../core/printable.ts";
import { parseService } from "../../proto/ipvs/service-name.ts";
import { serviceKey } from "../../proto/ipvs/table.ts";
import { carryOutAdm } from "./adm-change.ts";
import type { IpvsKernel } from "./kernel.ts";

/** @throws UsageError */
export function serviceToZero(text: string): ServiceId {
  const id = parseService(text);
  if (typeof id === "string") throw new UsageError(`SERVICE ${quoted(text)} ${id}`);
  return id;
}

/** With those of its servers. @param id null: of all services. @returns the service by its key. @throws SystemError */
export function zeroCountersOf(kernel: IpvsKernel, id: ServiceId | null): string | null {
  const [refused] = carryOutAdm(kernel, [{ kind: "zero", id }]);
  if (refused !== undefined) throw refused.error;
  return id === null ? null : serviceKey(id);
}
