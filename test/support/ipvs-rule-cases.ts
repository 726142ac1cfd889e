/** Services and destinations of IPVS that a rule is about, and those beside them that are well. */
import type { IpvsDestination, IpvsTunnel } from "../../src/core/netlink/ipvs-destination.ts";
import type { IpvsService } from "../../src/core/netlink/ipvs-service.ts";

/** As `serviceAt` takes them. */
export type ServiceCase = readonly [words: string, more?: Partial<IpvsService>];

/** As `destinationTo` takes them; of tcp 10.0.0.1:80 unless said. */
export type DestinationCase = readonly [at: string, more?: Partial<IpvsDestination>, of?: string];

const persistence = { timeoutS: 10, netmask: 0xffffffff, engine: null };
const udp = "udp 10.0.0.1:53";
const tcp = "tcp 10.0.0.1:80";
const direct = { forwarding: { by: "direct" } } as const;
const tunnel = (more: Partial<IpvsTunnel> = {}): Partial<IpvsDestination> => ({
  forwarding: { by: "tunnel", type: "ipip", port: 0, checksum: "none", ...more },
});

/** The code that a service has, "" for none. */
export const SERVICE_CASES: readonly (readonly [code: string, ...service: ServiceCase])[] = [
  ["", tcp, { persistence }],
  ["", "tcp [fd00::1]:0", { persistence: { ...persistence, netmask: 64 } }],
  ["scheduler-name", tcp, { scheduler: "x".repeat(16) }],
  ["scheduler-name", tcp, { scheduler: "r\0" }],
  ["engine-name", udp, { persistence: { ...persistence, engine: "" } }],
  ["persistence-timeout", tcp, { persistence: { ...persistence, timeoutS: 4_294_968 } }],
  ["", tcp, { persistence: { ...persistence, timeoutS: 4_294_967 } }],
  ["persistence-mask", "tcp [fd00::1]:80", { persistence: { ...persistence, netmask: 0 } }],
  ["persistence-mask", "tcp [fd00::1]:80", { persistence }],
  ["persistence-zero", tcp, { persistence: { ...persistence, timeoutS: 0 } }],
  ["persistence-mask-holes", tcp, { persistence: { ...persistence, netmask: 0xff00ff00 } }],
  ["persistence-mask-holes", tcp, { persistence: { ...persistence, netmask: 24 } }],
  ["", tcp, { persistence: { ...persistence, netmask: 0xffffff00 } }],
  ["", tcp, { persistence: { ...persistence, netmask: 0 } }],
  ["port-zero", "tcp 10.0.0.1:0"],
  ["", "tcp 10.0.0.1:0", { persistence }],
  ["service-address", "tcp 0.0.0.0:80"],
  ["service-address", "tcp [::]:80"],
  ["service-address", "udp 224.0.0.1:53"],
  ["service-address", "udp [ff02::1]:53"],
  ["service-address", "udp 255.255.255.255:53"],
  ["one-packet", tcp, { onePacket: true }],
  ["", udp, { onePacket: true }],
  ["", "fwmark 5", { onePacket: true }],
  ["one-packet-persistent", udp, { onePacket: true, persistence }],
  ["", udp, { onePacket: true, persistence: { ...persistence, engine: "sip" } }],
  ["engine-protocol", tcp, { persistence: { ...persistence, engine: "sip" } }],
  ["", "fwmark 5", { persistence: { ...persistence, engine: "sip" } }],
  ["scheduler-flags", tcp, { scheduler: "rr", schedulerFlags: 1 }],
  ["scheduler-flags", tcp, { scheduler: "sh", schedulerFlags: 7 }],
  ["", tcp, { scheduler: "mh", schedulerFlags: 3 }],
];

/** The code that a destination has, "" for none. */
export const DESTINATION_CASES: readonly (readonly [
  code: string,
  ...destination: DestinationCase,
])[] = [
  ["", "10.1.0.1:8080", { weight: 0x7fffffff, upperThreshold: 5, lowerThreshold: 5 }],
  ["destination-address", "0.0.0.0:80"],
  ["destination-address", "224.0.0.1:80"],
  ["destination-address", "255.255.255.255:80"],
  ["", "240.0.0.1:80"],
  ["", "127.0.0.1:80"],
  ["destination-address", "[::]:80", {}, "fwmark 5 inet6"],
  ["destination-address", "[ff02::1]:80", {}, "fwmark 5 inet6"],
  ["destination-address", "[::ffff:10.0.0.1]:80", {}, "fwmark 5 inet6"],
  ["link-local", "[fe80::1]:80", {}, "fwmark 5 inet6"],
  ["", "[::1]:80", {}, "fwmark 5 inet6"],
  ["destination-family", "[fd00::1]:80"],
  ["destination-family", "[fd00::1]:80", direct],
  ["destination-family", "10.1.0.1:80", {}, "tcp [fd00::1]:80"],
  ["", "[fd00::1]:80", tunnel()],
  ["", "10.1.0.1:80", tunnel({ type: "gre" }), "tcp [fd00::1]:80"],
  ["thresholds", "10.1.0.1:80", { upperThreshold: 5, lowerThreshold: 6 }],
  ["thresholds", "10.1.0.1:80", { lowerThreshold: 1 }],
  ["weight", "10.1.0.1:80", { weight: 0x80000000 }],
  ["tunnel-port-missing", "10.1.0.1:80", tunnel({ type: "gue" })],
  ["", "10.1.0.1:80", tunnel({ type: "gue", port: 6080, checksum: "remote" })],
  ["tunnel-port", "10.1.0.1:80", tunnel({ type: "gre", port: 5 })],
  ["tunnel-port", "10.1.0.1:80", tunnel({ port: 5 })],
  ["tunnel-checksum", "10.1.0.1:80", tunnel({ checksum: "sum" })],
  ["tunnel-checksum", "10.1.0.1:80", tunnel({ type: "gre", checksum: "remote" })],
  ["", "10.1.0.1:80", tunnel({ type: "gre", checksum: "sum" })],
  ["destination-port", "10.1.0.1:81", direct],
  ["destination-port", "10.1.0.1:81", tunnel()],
  ["", "10.1.0.1:0", direct],
  ["", "10.1.0.1:81", direct, "fwmark 5"],
];
