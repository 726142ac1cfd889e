import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpvsService } from "../../../../src/core/netlink/ipvs-service.ts";
import { flawsOf } from "../../../../src/proto/ipvs/rules.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { serviceAt } from "../../../support/ipvs.ts";

const persistence = { timeoutS: 10, netmask: 0xffffffff, engine: null };
const udp = "udp 10.0.0.1:53";
const tcp = "tcp 10.0.0.1:80";

/** The codes that a service has. */
const told = (words: string, more: Partial<IpvsService> = {}): string =>
  flawsOf(tableOf([{ service: serviceAt(words, more), destinations: [] }]))
    .map(({ code }) => code)
    .join(" ");

const RULES: readonly (readonly [code: string, words: string, more?: Partial<IpvsService>])[] = [
  ["", tcp, { persistence }],
  ["", "tcp [fd00::1]:0", { persistence: { ...persistence, netmask: 64 } }],
  ["scheduler-name", tcp, { scheduler: "x".repeat(16) }],
  ["scheduler-name", tcp, { scheduler: "r\0" }],
  ["", tcp, { scheduler: "x".repeat(15) }],
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

test("each rule about a service", () => {
  for (const [code, words, more] of RULES)
    assert.equal(told(words, more), code, `${words} ${JSON.stringify(more)}`);
});
