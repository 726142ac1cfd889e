/** The kernel's table as a model: each step is refused as the kernel would refuse it. */
import assert from "node:assert/strict";
import type { IpvsDestination } from "../../src/core/netlink/ipvs-destination.ts";
import type { IpvsService, ServiceId } from "../../src/core/netlink/ipvs-service.ts";
import type { IpvsStep } from "../../src/proto/ipvs/step.ts";
import {
  destinationKey,
  type IpvsTable,
  serviceKey,
  tableOf,
  type VirtualService,
} from "../../src/proto/ipvs/table.ts";

export class IpvsModel {
  readonly #services = new Map<string, Kept>();

  constructor(services: readonly VirtualService[]) {
    for (const { service, destinations } of services)
      this.#services.set(serviceKey(service.id), {
        service,
        destinations: new Map(destinations.map((one) => [destinationKey(one), one])),
      });
  }

  table(): IpvsTable {
    return tableOf(
      Array.from(this.#services.values(), ({ service, destinations }) => ({
        service,
        destinations: [...destinations.values()],
      })),
    );
  }

  /** @throws AssertionError where the kernel refuses it */
  take(step: IpvsStep): void {
    if ("service" in step) this.#takeService(step.kind, step.service);
    else if ("destination" in step) this.#takeDestination(step.kind, step.id, step.destination);
    else assert.fail(`${step.kind} is none of a table`);
  }

  #takeService(kind: IpvsStep["kind"], service: IpvsService): void {
    const key = serviceKey(service.id);
    const there = this.#services.get(key);
    assert.equal(there === undefined, kind === "add-service", `${kind} ${key}`);
    if (kind === "delete-service") this.#services.delete(key);
    else this.#services.set(key, { service, destinations: there?.destinations ?? new Map() });
  }

  #takeDestination(kind: IpvsStep["kind"], id: ServiceId, destination: IpvsDestination): void {
    const { destinations } = this.#services.get(serviceKey(id)) ?? assert.fail(kind);
    const key = destinationKey(destination);
    const there = destinations.get(key);
    assert.equal(there === undefined, kind === "add-destination", `${kind} ${key}`);
    if (kind === "delete-destination") destinations.delete(key);
    else if (kind === "quiesce-destination") destinations.set(key, { ...destination, weight: 0 });
    else destinations.set(key, destination);
  }
}

interface Kept {
  readonly service: IpvsService;
  readonly destinations: Map<string, IpvsDestination>;
}
