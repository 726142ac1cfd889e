/** IPVS of this network namespace, asked and changed by generic netlink. */
import { SystemError } from "../../core/errors.ts";
import { decodeFamily, dumpFamilies, NETLINK_GENERIC } from "../../core/netlink/genl.ts";
import { IPVS_FAMILY, type IpvsRequest } from "../../core/netlink/ipvs.ts";
import {
  decodeDaemon,
  decodeTimeouts,
  dumpDaemons,
  getTimeouts,
  type IpvsDaemon,
  type IpvsTimeouts,
} from "../../core/netlink/ipvs-daemon.ts";
import {
  type CountedDestination,
  decodeDestination,
  decodeDestinationSettings,
  dumpDestinations,
} from "../../core/netlink/ipvs-destination.ts";
import {
  type CountedService,
  decodeService,
  dumpServices,
  type ServiceId,
} from "../../core/netlink/ipvs-service.ts";
import type { Decoded } from "../../core/result.ts";
import type { Closable, NetlinkAnswer, NetlinkSocket, Ports } from "../../io/ports.ts";
import { type IpvsTable, serviceKey, tableOf } from "../../proto/ipvs/table.ts";

/** A service with all that the kernel counts of it. */
export interface CountedVirtualService extends CountedService {
  readonly destinations: readonly CountedDestination[];
}

/** What a request is about, for its error: `add-destination`, `10.0.0.1:80 of tcp 192.0.2.1:80`. */
export interface NamedRequest {
  readonly op: string;
  readonly subject: string;
  readonly request: IpvsRequest;
}

export class IpvsKernel implements Closable {
  readonly #netlink: NetlinkSocket;
  readonly #family: number;

  /** @throws SystemError `no-ipvs` where the kernel has none, with what would help */
  constructor({ openNetlink }: Pick<Ports, "openNetlink">) {
    this.#netlink = openNetlink(NETLINK_GENERIC);
    try {
      this.#family = familyIn(this.#netlink.transact([dumpFamilies()])[0]);
    } catch (error) {
      this.#netlink.close();
      throw error;
    }
  }

  /** All services, in the kernel's order. @throws SystemError */
  services(): CountedService[] {
    return this.ask({ ...ALL, request: dumpServices() }, decodeService);
  }

  /** @returns undefined where the service is not there. @throws SystemError */
  destinations(id: ServiceId): CountedDestination[] | undefined {
    return this.#destinations(id, decodeDestination);
  }

  /** A service that goes meanwhile is left out. @throws SystemError */
  read(wants: (id: ServiceId) => boolean = () => true): CountedVirtualService[] {
    return this.#read(
      this.services().filter(({ service }) => wants(service.id)),
      decodeDestination,
    );
  }

  /** @throws SystemError */
  table(): IpvsTable {
    const services = this.#read(this.services(), decodeDestinationSettings);
    return tableOf(services.map(({ service, destinations }) => ({ service, destinations })));
  }

  /** @throws SystemError */
  timeouts(): IpvsTimeouts {
    const named = { op: "ipvs list", subject: "timeouts", request: getTimeouts() };
    const [timeouts] = this.ask(named, decodeTimeouts);
    if (timeouts === undefined) throw new SystemError(named.op, named.subject, "bad-answer");
    return timeouts;
  }

  /** Those that run. @throws SystemError */
  daemons(): IpvsDaemon[] {
    const named = { op: "ipvs list", subject: "sync daemons", request: dumpDaemons() };
    return this.ask(named, decodeDaemon);
  }

  /** What one request answers. @throws SystemError of its refusal */
  ask<T>({ op, subject, request }: NamedRequest, decode: (body: Uint8Array) => Decoded<T>): T[] {
    return valuesOf(op, subject, this.#transact([request])[0], decode);
  }

  /**
   * In few system calls, each whatever becomes of those before it; those that are made on the way (a generator) are
   * never all there. @returns the refusals, each with its request
   */
  change<R extends NamedRequest>(requests: Iterable<R>): { request: R; error: SystemError }[] {
    const refused: { request: R; error: SystemError }[] = [];
    for (const some of slices(requests, AT_ONCE)) {
      const answers = this.#transact(some.map(({ request }) => request));
      for (const [index, { refusal }] of answers.entries()) {
        if (refusal === undefined) continue;
        const request = some[index] as R;
        const error = new SystemError(request.op, request.subject, refusal.code, refusal.detail);
        refused.push({ request, error });
      }
    }
    return refused;
  }

  close(): void {
    this.#netlink.close();
  }

  #read<T>(services: readonly CountedService[], decode: (body: Uint8Array) => Decoded<T>) {
    return services.flatMap((one) => {
      const destinations = this.#destinations(one.service.id, decode);
      return destinations === undefined ? [] : [{ ...one, destinations }];
    });
  }

  #destinations<T>(id: ServiceId, decode: (body: Uint8Array) => Decoded<T>): T[] | undefined {
    const [answer] = this.#transact([dumpDestinations(id)]);
    if (answer?.refusal?.code === "ESRCH") return undefined;
    return valuesOf("ipvs list", serviceKey(id), answer, decode);
  }

  #transact(requests: readonly IpvsRequest[]): NetlinkAnswer[] {
    const type = this.#family;
    return this.#netlink.transact(requests.map(({ flags, body }) => ({ type, flags, body })));
  }
}

function* slices<T>(all: Iterable<T>, length: number): Generator<T[]> {
  let slice: T[] = [];
  for (const one of all) {
    slice.push(one);
    if (slice.length < length) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

/** As many as go into one message to the kernel. */
const AT_ONCE = 128;

function familyIn(answer: NetlinkAnswer | undefined): number {
  const families = valuesOf("ipvs", "kernel", answer, decodeFamily);
  const own = families.find(({ name }) => name === IPVS_FAMILY);
  if (own === undefined) throw new SystemError("ipvs", "kernel", "no-ipvs", NO_IPVS);
  return own.id;
}

function valuesOf<T>(
  op: string,
  subject: string,
  answer: NetlinkAnswer | undefined,
  decode: (body: Uint8Array) => Decoded<T>,
): T[] {
  const { refusal } = answer ?? {};
  if (refusal !== undefined) throw new SystemError(op, subject, refusal.code, refusal.detail);
  return (answer?.messages ?? []).map(({ body }) => {
    const result = decode(body);
    if (!result.ok) throw new SystemError(op, subject, "bad-answer", result.fault.code);
    return result.value;
  });
}

const ALL = { op: "ipvs list", subject: "services" };
const NO_IPVS =
  "this kernel has no IPVS: modprobe ip_vs, and for each boot: echo ip_vs >/etc/modules-load.d/ipvs.conf";
