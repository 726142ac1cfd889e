import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceFindings } from "../../../../../src/proto/ipvs/doctor/services-check.ts";
import { told } from "../../../../support/doctor.ts";
import { destinationTo } from "../../../../support/ipvs.ts";
import { directTo, gateway, ipvsFacts, virtual } from "../../../../support/ipvs-facts.ts";

const [ONE, QUIET] = [destinationTo("10.0.0.11:80"), destinationTo("10.0.0.12:80", { weight: 0 })];

const tell = (...services: ReturnType<typeof virtual>[]) =>
  told(serviceFindings(ipvsFacts(services)));

test("services that are well are named together, with their schedulers", () => {
  assert.deepEqual(tell(virtual("tcp 192.0.2.1:80"), virtual("udp 192.0.2.1:53", [ONE, QUIET])), [
    "ok: tcp 192.0.2.1:80, udp 192.0.2.1:53: each has real servers that take connections (wlc)",
  ]);
});

test("no real server, and none that takes connections", () => {
  assert.deepEqual(tell(virtual("fwmark 5", []), virtual("tcp 192.0.2.1:80", [QUIET])), [
    "fail: fwmark 5: no real server: every connection is refused",
    "fail: tcp 192.0.2.1:80: all real servers have weight 0: no new connection goes anywhere",
  ]);
});

test("a virtual address that this host does not have, which a mark does not need", () => {
  const services = [virtual("tcp 192.0.2.1:80"), virtual("fwmark 5")];
  const facts = ipvsFacts(services, { ways: { "192.0.2.1": gateway("10.0.0.254") } });
  assert.deepEqual(told(serviceFindings(facts)), [
    "warn: tcp 192.0.2.1:80: this host does not have the address: right only while another balancer has it",
  ]);
});

test("all ports of an address", () => {
  const persistence = { timeoutS: 300, netmask: 0xffffffff, engine: null };
  const [finding] = tell(virtual("tcp 192.0.2.1:0", [directTo("10.0.0.11:0")], { persistence }));
  assert.match(finding ?? "", /^warn: tcp 192\.0\.2\.1:0: all ports go to real servers/);
});

test("sh and mh refuse clients of a real server of weight 0 unless they have the fallback", () => {
  const of = (scheduler: string, schedulerFlags: number) =>
    tell(virtual("tcp 192.0.2.1:80", [ONE, QUIET], { scheduler, schedulerFlags }))[0]?.slice(0, 4);
  assert.deepEqual(
    [of("sh", 0), of("mh", 2), of("sh", 1), of("rr", 0)],
    ["fail", "fail", "ok: ", "ok: "],
  );
});

test("a virtual address as its own real server", () => {
  const [finding] = tell(virtual("tcp 192.0.2.1:80", [ONE, directTo("192.0.2.1:80")]));
  assert.match(
    finding ?? "",
    /^warn: 192\.0\.2\.1:80 of tcp 192\.0\.2\.1:80: the virtual address is/,
  );
});

test("of a thousand services eight are named", () => {
  const services = Array.from({ length: 1000 }, (_, at) => virtual(`fwmark ${at + 1}`, []));
  assert.match(tell(...services)[0] ?? "", /fwmark 8 and 992 more: no real server/);
});
