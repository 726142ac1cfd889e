/** What IPVS has of ours, as far as we know: what we have set, less what was seen to be missing. */
import type { IpvsDestination } from "../../core/netlink/ipvs-destination.ts";
import type { IpvsService } from "../../core/netlink/ipvs-service.ts";
import type { IpvsStep } from "./step.ts";
import {
  destinationKey,
  type IpvsTable,
  serviceKey,
  tableOf,
  type VirtualService,
} from "./table.ts";
import { destinationSubject } from "./target.ts";

export class KnownTable {
  readonly #services = new Map<string, Known>();

  get keys(): ReadonlySet<string> {
    return new Set(this.#services.keys());
  }

  get services(): readonly IpvsService[] {
    return Array.from(this.#services.values(), ({ service }) => service);
  }

  /** Those of these keys that are there. */
  of(keys: Iterable<string>): IpvsTable {
    const found: VirtualService[] = [];
    for (const key of keys) {
      const one = this.#services.get(key);
      if (one === undefined) continue;
      found.push({ service: one.service, destinations: [...one.destinations.values()] });
    }
    return tableOf(found);
  }

  /** All that it has, whoever made it. */
  adopt(key: string, actual: VirtualService | undefined): void {
    if (actual === undefined) this.#services.delete(key);
    else {
      const destinations = new Map(actual.destinations.map((one) => [destinationKey(one), one]));
      this.#services.set(key, { service: actual.service, destinations });
    }
  }

  /** A step was carried out. */
  note(step: IpvsStep): void {
    if ("service" in step) {
      const key = serviceKey(step.service.id);
      const destinations = this.#services.get(key)?.destinations ?? new Map();
      if (step.kind === "delete-service") this.#services.delete(key);
      else this.#services.set(key, { service: step.service, destinations });
    } else if ("destination" in step) {
      const known = this.#services.get(serviceKey(step.id));
      const key = destinationKey(step.destination);
      if (step.kind === "delete-destination") known?.destinations.delete(key);
      else if (step.kind !== "quiesce-destination") known?.destinations.set(key, step.destination);
    }
  }

  /**
   * What others have changed of it is theirs; what they have deleted is known no more.
   * @param there its destinations now, undefined where it has gone itself
   * @returns what has gone, as steps name it
   */
  miss(key: string, there: readonly IpvsDestination[] | undefined): string[] {
    const known = this.#services.get(key);
    if (known === undefined) return [];
    if (there === undefined) {
      this.#services.delete(key);
      return [key];
    }
    const { service, destinations } = known;
    const keys = new Set(there.map(destinationKey));
    return [...destinations].flatMap(([own, destination]) => {
      if (keys.has(own)) return [];
      destinations.delete(own);
      return [destinationSubject(service.id, destination)];
    });
  }

  /** What others have made of that which is wanted is ours. */
  meet(actual: VirtualService, wanted: VirtualService): void {
    const key = serviceKey(actual.service.id);
    const known = this.#services.get(key) ?? { service: actual.service, destinations: new Map() };
    this.#services.set(key, known);
    const keys = new Set(wanted.destinations.map(destinationKey));
    for (const destination of actual.destinations) {
      const own = destinationKey(destination);
      if (keys.has(own) && !known.destinations.has(own)) known.destinations.set(own, destination);
    }
  }

  clear(): void {
    this.#services.clear();
  }
}

interface Known {
  readonly service: IpvsService;
  readonly destinations: Map<string, IpvsDestination>;
}
