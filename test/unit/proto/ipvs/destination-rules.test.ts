import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpvsDestination, IpvsTunnel } from "../../../../src/core/netlink/ipvs-destination.ts";
import { flawsOf } from "../../../../src/proto/ipvs/rules.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const direct = { forwarding: { by: "direct" } } as const;
const tunnel = (more: Partial<IpvsTunnel> = {}): Partial<IpvsDestination> => ({
  forwarding: { by: "tunnel", type: "ipip", port: 0, checksum: "none", ...more },
});

/** The codes that a destination has. */
const told = (at: string, more: Partial<IpvsDestination> = {}, of = "tcp 10.0.0.1:80"): string =>
  flawsOf(tableOf([{ service: serviceAt(of), destinations: [destinationTo(at, more)] }]))
    .map(({ code }) => code)
    .join(" ");

const RULES: readonly (readonly [code: string, ...of: Parameters<typeof told>])[] = [
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

test("each rule about a destination", () => {
  for (const [code, ...of] of RULES) assert.equal(told(...of), code, JSON.stringify(of));
});
