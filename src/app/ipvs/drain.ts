/** Drains a real server: each of its destinations gets weight 0, and goes when its connections are over. */
import { formatIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { IpvsRequest } from "../../core/netlink/ipvs.ts";
import {
  type CountedDestination,
  deleteDestination,
  type IpvsDestination,
  setDestination,
} from "../../core/netlink/ipvs-destination.ts";
import type { ServiceId } from "../../core/netlink/ipvs-service.ts";
import { drive } from "../../io/drive.ts";
import type { Clock, Limit, Ports } from "../../io/ports.ts";
import {
  Drain,
  type DrainOrder,
  type DrainOutcome,
  type DrainPolicy,
  type DrainReading,
} from "../../proto/ipvs/drain.ts";
import { destinationKey, serviceKey } from "../../proto/ipvs/table.ts";
import { destinationSubject } from "../../proto/ipvs/target.ts";
import { onAbort } from "../check/on-abort.ts";
import { type CountedVirtualService, IpvsKernel } from "./kernel.ts";
import { isWanted, type WantedServer } from "./wanted.ts";

export type { DrainOutcome, DrainReading };

export interface DrainRequest extends Omit<DrainPolicy, "awaitsPersistent"> {
  readonly server: WantedServer;
  readonly isMeant: (id: ServiceId) => boolean; // of which services
}

/** A destination that is drained, as it was before. */
export interface DrainTarget extends DrainReading {
  readonly service: string;
  readonly server: string;
  readonly persistenceS: number | null; // of the service
}

export interface DrainWitness {
  /** Their weight is 0. @param isExpiring templates of persistence send nobody to them then */
  readonly onBegin: (targets: readonly DrainTarget[], isExpiring: boolean) => void;
  /** At each look, in the order of the targets; null where it has gone. */
  readonly onReadings: (readings: readonly (DrainReading | null)[], leftMs: number) => void;
  readonly onLetGo: (target: DrainTarget, why: "gone" | "weighted") => void;
}

/** @throws SystemError, the weights being as before: `no-server` where no service has such a destination */
export async function drainServer(
  request: DrainRequest,
  ports: Pick<Ports, "openNetlink" | "clock" | "readSysctl">,
  witness: DrainWitness,
  signal: Limit,
): Promise<DrainOutcome> {
  signal.throwIfAborted();
  const kernel = new IpvsKernel(ports);
  try {
    const places = placesOf(request, kernel.read());
    if (places.length === 0) throw noServer(request);
    const isExpiring = ports.readSysctl(EXPIRE_QUIESCENT_TEMPLATE)?.trim() === "1";
    const policy = { ...request, awaitsPersistent: !isExpiring };
    return await new Draining(places, kernel, witness).run(policy, ports.clock, signal);
  } finally {
    kernel.close();
  }
}

interface Place {
  readonly id: ServiceId;
  readonly target: DrainTarget;
  latest: IpvsDestination; // as it was read last
}

class Draining {
  readonly #places: readonly Place[];
  readonly #kernel: IpvsKernel;
  readonly #witness: DrainWitness;
  #failure: unknown; // the weights are put back before it is thrown

  constructor(places: readonly Place[], kernel: IpvsKernel, witness: DrainWitness) {
    this.#places = places;
    this.#kernel = kernel;
    this.#witness = witness;
  }

  async run(policy: DrainPolicy, clock: Clock, signal: Limit): Promise<DrainOutcome> {
    const overMs = clock.nowMs() + policy.timeoutMs;
    return await new Promise((resolve, reject) => {
      const stop = (): void => {
        driver.stop();
        forget();
      };
      const perform = (order: DrainOrder): void => {
        if (order.kind === "read") {
          const readings = this.#read();
          this.#witness.onReadings(readings, Math.max(0, overMs - clock.nowMs()));
          driver.feed({ kind: "read", readings });
        } else if (order.kind === "end") {
          stop();
          if (this.#failure === undefined) resolve(order.outcome);
          else reject(this.#failure);
        } else this.#carryOut(order);
      };
      const driver = drive(new Drain(policy, clock.nowMs()), clock, (order) => {
        try {
          perform(order);
        } catch (error) {
          driver.dropOrders();
          if (this.#failure === undefined) driver.feed({ kind: "interrupted" });
          else {
            stop();
            reject(this.#failure);
          }
          this.#failure ??= error;
        }
      });
      const forget = onAbort(signal, () => driver.feed({ kind: "interrupted" }));
      const targets = this.#places.map(({ target }) => target);
      driver.feed({ kind: "read", readings: targets });
      if (this.#failure === undefined) this.#witness.onBegin(targets, !policy.awaitsPersistent);
    });
  }

  #read(): (DrainReading | null)[] {
    const read = new Map<string, readonly CountedDestination[]>();
    return this.#places.map((place) => {
      const { service, server } = place.target;
      const all = read.get(service) ?? this.#kernel.destinations(place.id) ?? [];
      read.set(service, all);
      const found = all.find(({ destination }) => destinationKey(destination) === server);
      if (found === undefined) return null;
      place.latest = found.destination;
      return readingOf(found);
    });
  }

  #carryOut(order: Exclude<DrainOrder, { readonly kind: "read" | "end" }>): void {
    switch (order.kind) {
      case "set-weights": {
        const weights = new Map(order.weights.map(({ place, weight }) => [place, weight]));
        this.#change("set-destination", [...weights.keys()], ({ id, latest }, place) =>
          setDestination(id, { ...latest, weight: weights.get(place) ?? 0 }),
        );
        break;
      }
      case "remove":
        this.#change("delete-destination", order.places, ({ id, latest }) =>
          deleteDestination(id, latest),
        );
        break;
      case "let-go":
        if (this.#failure !== undefined) break; // it was us who could not
        this.#witness.onLetGo(this.#at(order.place).target, order.why);
    }
  }

  /** @throws SystemError of the first refusal, but where it is not there: that is read */
  #change(
    op: string,
    places: readonly number[],
    requestOf: (place: Place, index: number) => IpvsRequest,
  ): void {
    const requests = places.map((index) => {
      const place = this.#at(index);
      const subject = destinationSubject(place.id, place.latest);
      return { op, subject, request: requestOf(place, index) };
    });
    const refused = this.#kernel.change(requests);
    const grave = refused.find(({ error: { code } }) => code !== "ENOENT" && code !== "ESRCH");
    if (grave !== undefined) throw grave.error;
  }

  #at(place: number): Place {
    return this.#places[place] as Place;
  }
}

function placesOf(
  { server, isMeant }: DrainRequest,
  services: readonly CountedVirtualService[],
): Place[] {
  return services.flatMap(({ service: { id, persistence }, destinations }) => {
    if (!isMeant(id)) return [];
    return destinations.flatMap((counted): Place[] => {
      const { destination } = counted;
      if (!isWanted(server, destination)) return [];
      const target = {
        service: serviceKey(id),
        server: destinationKey(destination),
        persistenceS: persistence?.timeoutS ?? null,
        ...readingOf(counted),
      };
      return [{ id, target, latest: destination }];
    });
  });
}

const readingOf = ({
  destination: { weight },
  active,
  inactive,
  persistent,
}: CountedDestination): DrainReading => ({ weight, active, inactive, persistent });

function noServer({ server: { ip, port } }: DrainRequest): SystemError {
  const name = port === null ? formatIp(ip) : destinationKey({ ip, port });
  const reason = "no service that was asked for has it: ipvs show tells what there is";
  return new SystemError("ipvs drain", name, "no-server", reason);
}

const EXPIRE_QUIESCENT_TEMPLATE = "net/ipv4/vs/expire_quiescent_template";
