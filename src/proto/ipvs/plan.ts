/**
 * From the table that the kernel has to the one that is wanted, in an order without gaps: what comes is there
 * before what goes leaves, and what leaves gets no new connection any more when it does.
 */
import { isSameValue } from "../../core/same-value.ts";
import type { IpvsStep } from "./step.ts";
import { destinationKey, type IpvsTable, type VirtualService } from "./table.ts";

/** @param mayGo whether a service that is not wanted is removed; it stays untouched else */
export function planTable(
  actual: IpvsTable,
  wanted: IpvsTable,
  mayGo: (key: string) => boolean,
): IpvsStep[] {
  const [coming, going]: [IpvsStep[], IpvsStep[]] = [[], []];
  for (const [key, service] of wanted) {
    const { come, go } = planService(actual.get(key), service);
    coming.push(...come);
    going.push(...go);
  }
  for (const [key, { service }] of actual) {
    if (!wanted.has(key) && mayGo(key)) going.push({ kind: "delete-service", service });
  }
  const quiesced = going.flatMap((step): IpvsStep[] =>
    step.kind === "delete-destination" && step.destination.weight > 0
      ? [{ ...step, kind: "quiesce-destination" }]
      : [],
  );
  return [...coming, ...quiesced, ...going];
}

function planService(
  actual: VirtualService | undefined,
  wanted: VirtualService,
): { come: IpvsStep[]; go: IpvsStep[] } {
  const { service } = wanted;
  const { id } = service;
  const come: IpvsStep[] = [];
  if (actual === undefined) come.push({ kind: "add-service", service });
  else if (!isSameValue(actual.service, service))
    come.push({ kind: "set-service", service, from: actual.service });
  const left = new Map(actual?.destinations.map((one) => [destinationKey(one), one]));
  for (const destination of wanted.destinations) {
    const key = destinationKey(destination);
    const from = left.get(key);
    left.delete(key);
    if (from === undefined) come.push({ kind: "add-destination", id, destination });
    else if (!isSameValue(from, destination))
      come.push({ kind: "set-destination", id, destination, from });
  }
  const go = [...left.values()].map(
    (destination): IpvsStep => ({ kind: "delete-destination", id, destination }),
  );
  return { come, go };
}
