/** Tables of IPVS with all that a table file can say: whether the kernel takes a combination is not asked. */
import fc from "fast-check";
import type { IpvsDaemon } from "../../src/core/netlink/ipvs-daemon.ts";
import {
  type IpvsDestination,
  type IpvsForwarding,
  TUNNEL_CHECKSUMS,
  TUNNEL_TYPES,
} from "../../src/core/netlink/ipvs-destination.ts";
import {
  type IpvsService,
  type Persistence,
  type ServiceId,
  serviceFamily,
} from "../../src/core/netlink/ipvs-service.ts";
import { destinationKey, tableOf, type VirtualService } from "../../src/proto/ipvs/table.ts";
import type { IpvsTarget } from "../../src/proto/ipvs/target.ts";
import { octets } from "./arbitraries.ts";

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const record = <T>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> =>
  fc.record(fields, { noNullPrototype: true }) as fc.Arbitrary<T>;
const ip = fc.oneof(octets(4), octets(16));

export const serviceId: fc.Arbitrary<ServiceId> = fc.oneof(
  record({
    by: fc.constant("address" as const),
    protocol: fc.constantFrom("tcp" as const, "udp" as const, "sctp" as const),
    ip,
    port: u16,
  }),
  record({
    by: fc.constant("fwmark" as const),
    mark: fc.integer({ min: 1, max: 0xffff_ffff }),
    family: fc.constantFrom(4 as const, 6 as const),
  }),
);

/** Of a day at most: other seconds are written no other way. */
const seconds = fc.integer({ min: 1, max: 100_000 });

const persistence = (id: ServiceId): fc.Arbitrary<Persistence> =>
  record({
    timeoutS: seconds,
    netmask: serviceFamily(id) === 4 ? u32 : fc.integer({ min: 1, max: 128 }),
    engine: fc.constantFrom(null, "sip"),
  });

const service: fc.Arbitrary<IpvsService> = serviceId.chain((id) =>
  record({
    id: fc.constant(id),
    scheduler: fc.constantFrom("rr", "wlc", "sh", "mh", "none-that-is"),
    schedulerFlags: fc.integer({ min: 0, max: 7 }),
    onePacket: fc.boolean(),
    persistence: fc.option(persistence(id)),
  }),
);

const forwarding: fc.Arbitrary<IpvsForwarding> = fc.oneof(
  record({ by: fc.constantFrom("masq" as const, "direct" as const, "local" as const) }),
  record({
    by: fc.constant("tunnel" as const),
    type: fc.constantFrom(...TUNNEL_TYPES),
    port: u16,
    checksum: fc.constantFrom(...TUNNEL_CHECKSUMS),
  }),
);

const destination: fc.Arbitrary<IpvsDestination> = record({
  ip,
  port: u16,
  forwarding,
  weight: fc.integer({ min: 0, max: 0x7fff_ffff }),
  upperThreshold: u32,
  lowerThreshold: u32,
});

const virtualService: fc.Arbitrary<VirtualService> = record({
  service,
  destinations: fc.uniqueArray(destination, { selector: destinationKey, maxLength: 4 }),
});

const daemon = (role: IpvsDaemon["role"]): fc.Arbitrary<IpvsDaemon> =>
  record({
    role: fc.constant(role),
    ifName: fc.stringMatching(/^[\x21-\x2e\x30-\x39\x3b-\x7e]{3,15}$/),
    syncId: fc.integer({ min: 0, max: 255 }),
    maxBytes: u16,
    group: fc.constantFrom(null, Uint8Array.of(224, 0, 0, 82)),
    port: u16,
    ttl: fc.integer({ min: 0, max: 255 }),
  });

const timeoutS = fc.oneof(fc.constant(0), seconds);

export const ipvsTarget: fc.Arbitrary<IpvsTarget> = record({
  table: fc.array(virtualService, { maxLength: 4 }).map(tableOf),
  timeouts: fc.option(record({ tcpS: timeoutS, tcpFinS: timeoutS, udpS: timeoutS })),
  daemons: fc.option(
    fc.subarray(["master", "backup"] as const).chain((roles) => fc.tuple(...roles.map(daemon))),
  ),
});
