/** Arbitrary tables of IPVS for fast-check: all that the kernel takes and ipvsadm can say. */
import fc from "fast-check";
import type { Family, IpBytes } from "../../src/core/addr.ts";
import type { IpvsDestination, IpvsForwarding } from "../../src/core/netlink/ipvs-destination.ts";
import {
  type IpvsProtocol,
  type IpvsService,
  type Persistence,
  type ServiceId,
  serviceFamily,
} from "../../src/core/netlink/ipvs-service.ts";
import { destinationKey, serviceKey, type VirtualService } from "../../src/proto/ipvs/table.ts";

export const SCHEDULERS = "rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh".split(" ");

/** Objects as decoders make them: `deepEqual` tells those without a prototype apart. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true });

const family: fc.Arbitrary<Family> = fc.constantFrom(4, 6);
const port = fc.constantFrom(1, 80, 8080, 65535);
const count = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(2 ** 31 - 1));

/** A unicast address; of few, as ports are, so that two tables have much in common. */
const ip = (of: Family): fc.Arbitrary<IpBytes> =>
  fc.nat(2).map((last) => {
    const bytes = new Uint8Array(of === 4 ? 4 : 16);
    bytes.set(of === 4 ? [10, 9, 0, last + 1] : [0x20, 1, 0xd, 0xb8]);
    if (of === 6) bytes[15] = last + 1;
    return bytes;
  });

const forwarding = (isSameFamily: boolean): fc.Arbitrary<IpvsForwarding> => {
  const tunnel = fc
    .tuple(fc.constantFrom("ipip", "gue", "gre"), port, fc.constantFrom("none", "sum", "remote"))
    .map(([type, number, checksum]): IpvsForwarding => {
      if (type === "ipip") return { by: "tunnel", type, port: 0, checksum: "none" };
      if (type === "gue") return { by: "tunnel", type, port: number, checksum };
      return { by: "tunnel", type, port: 0, checksum: checksum === "sum" ? "sum" : "none" };
    });
  if (!isSameFamily) return tunnel;
  const plain = fc.constantFrom<IpvsForwarding>({ by: "masq" }, { by: "direct" });
  return fc.oneof(plain, tunnel);
};

/** For a service of this id: with NAT alone does the port differ from its. */
function destination(id: ServiceId): fc.Arbitrary<IpvsDestination> {
  const own = serviceFamily(id);
  return fc
    .tuple(fc.oneof(fc.constant(own), family), fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, count))
    .chain(([of, weight]) =>
      record<IpvsDestination>({
        ip: ip(of),
        port,
        forwarding: forwarding(of === own),
        weight: fc.constant(weight),
        upperThreshold: fc.oneof(fc.constant(0), count),
        lowerThreshold: fc.nat(3),
      }),
    )
    .map((one) => ({
      ...one,
      port: id.by === "address" && one.forwarding.by !== "masq" ? id.port : one.port,
      lowerThreshold: Math.min(one.lowerThreshold, one.upperThreshold),
    }));
}

const id: fc.Arbitrary<ServiceId> = family.chain((of) =>
  fc.oneof(
    record<Extract<ServiceId, { by: "address" }>>({
      by: fc.constant("address"),
      protocol: fc.constantFrom<IpvsProtocol>("tcp", "udp", "sctp"),
      ip: ip(of),
      port: fc.constantFrom(80, 81, 0),
    }),
    record<Extract<ServiceId, { by: "fwmark" }>>({
      by: fc.constant("fwmark"),
      mark: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(2 ** 31 - 1)), // ipvsadm says more as negative
      family: fc.constant(of),
    }),
  ),
);

function persistence(of: ServiceId): fc.Arbitrary<Persistence | null> {
  const isUdp = of.by === "address" && of.protocol === "udp";
  const some = record<Persistence>({
    timeoutS: fc.oneof(fc.constant(300), fc.integer({ min: 1, max: 31 * 86_400 })),
    netmask:
      serviceFamily(of) === 4
        ? fc.integer({ min: 1, max: 32 }).map((length) => (2 ** 32 - 2 ** (32 - length)) >>> 0)
        : fc.integer({ min: 1, max: 128 }),
    engine: isUdp ? fc.constantFrom(null, "sip") : fc.constant(null),
  });
  return of.by === "address" && of.port === 0 ? some : fc.option(some);
}

function service(of: ServiceId): fc.Arbitrary<IpvsService> {
  return record<IpvsService>({
    id: fc.constant(of),
    scheduler: fc.constantFrom(...SCHEDULERS),
    schedulerFlags: fc.nat(7),
    onePacket: of.by === "address" && of.protocol === "udp" ? fc.boolean() : fc.constant(false),
    persistence: persistence(of),
  }).map((one) => ({
    ...one,
    // ipvsadm knows no name for the third flag of these, and leaves out even -b's word.
    schedulerFlags: one.schedulerFlags & (["sh", "mh"].includes(one.scheduler) ? 3 : 7),
    onePacket: one.onePacket && one.persistence === null,
  }));
}

const virtualService: fc.Arbitrary<VirtualService> = id.chain((of) =>
  record<VirtualService>({
    service: service(of),
    destinations: fc.uniqueArray(destination(of), { maxLength: 6, selector: destinationKey }),
  }),
);

/** Services of a table. */
export const services: fc.Arbitrary<VirtualService[]> = fc.uniqueArray(virtualService, {
  maxLength: 8,
  selector: ({ service }) => serviceKey(service.id),
});
