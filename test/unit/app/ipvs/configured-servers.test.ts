/** What IPVS is to have of a virtual_server; test/peer/keepalived-ipvs-values.test.ts asks keepalived. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ipvsServicesOf,
  realServerOf,
  sorryServerOf,
} from "../../../../src/app/ipvs/configured-servers.ts";
import type { EffectiveVirtualServer } from "../../../../src/config/effective/virtual-server.ts";
import type { IpvsService } from "../../../../src/core/netlink/ipvs-service.ts";
import { balanced } from "../../../support/effective.ts";

function only(inside: string, head = "10.0.0.1 80", behind = ""): EffectiveVirtualServer {
  const server = `real_server 10.0.1.1 8080 {; ${behind}; }`;
  const { lvs } = balanced(`virtual_server ${head} {; protocol TCP; ${inside}; ${server}; }`);
  return lvs.servers[0] ?? assert.fail("no virtual server");
}

const serviceOf = (inside: string, head?: string): IpvsService =>
  ipvsServicesOf(only(inside, head))[0] ?? assert.fail("no service");

test("scheduler and its flags, by either name", () => {
  assert.equal(serviceOf("lvs_sched wrr").scheduler, "wrr");
  const flags = (inside: string): number => serviceOf(inside).schedulerFlags;
  assert.deepEqual([flags(""), flags("flag-1"), flags("flag-2"), flags("flag-3")], [0, 1, 2, 4]);
  assert.equal(flags("lvs_sched sh; sh-port"), 2);
  assert.equal(flags("lvs_sched sh; sh-fallback"), 1);
  assert.equal(flags("lvs_sched mh; mh-port; mh-fallback; flag-3"), 7);
});

test("one packet", () => {
  assert.equal(serviceOf("").onePacket, false);
  const { lvs } = balanced(
    "virtual_server 10.0.0.1 53 {; protocol UDP; ops; real_server 10.0.1.1 53 {; }; }",
  );
  assert.equal(lvs.servers.flatMap(ipvsServicesOf)[0]?.onePacket, true);
});

test("persistence: its time, whom it takes for one client, and its engine", () => {
  const of = (inside: string) => serviceOf(inside).persistence;
  const host = { timeoutS: 50, netmask: 0xffffffff, engine: null };
  assert.equal(of(""), null);
  assert.deepEqual(of("persistence_timeout 50"), host);
  const network = "persistence_granularity 255.255.255.0";
  assert.deepEqual(of(`persistence_timeout 50; ${network}`), { ...host, netmask: 0xffffff00 });
  assert.equal(of(network)?.timeoutS, 360);
  assert.equal(of("persistence_timeout 50; persistence_granularity 24")?.netmask, 24);
  assert.equal(of("persistence_timeout 50; persistence_engine sip")?.engine, "sip");
  assert.equal(of("persistence_engine sip"), null);
});

test("a mask of the other family is none", () => {
  const network = "ip_family inet6; persistence_timeout 50; lvs_method TUN";
  const one = only(`persistence_granularity 255.255.255.0; ${network}`, "fwmark 5");
  const family = { value: 6, origin: { kind: "default" } } as const;
  assert.equal(ipvsServicesOf({ ...one, family })[0]?.persistence?.netmask, 128);
  const mask = { value: new Uint8Array(16).fill(255), origin: { kind: "default" } } as const;
  const other = { ...only("persistence_timeout 50"), persistence_granularity: mask };
  assert.equal(ipvsServicesOf(other)[0]?.persistence?.netmask, 0xffffffff);
});

test("real servers: address, forwarding, thresholds", () => {
  const real = (behind: string) => {
    const [server = assert.fail("no server")] = only("", undefined, behind).servers;
    return realServerOf(server);
  };
  const ip = Uint8Array.of(10, 0, 1, 1);
  const none = { upperThreshold: 0, lowerThreshold: 0 };
  assert.deepEqual(real(""), { ip, port: 8080, forwarding: { by: "masq" }, ...none });
  assert.deepEqual(real("lvs_method DR").forwarding, { by: "direct" });
  const tunnel = { by: "tunnel", type: "ipip", port: 0, checksum: "none" };
  assert.deepEqual(real("lvs_method TUN").forwarding, tunnel);
  const gue = real("lvs_method TUN type gue port 6080 remcsum").forwarding;
  assert.deepEqual(gue, { ...tunnel, type: "gue", port: 6080, checksum: "remote" });
  const gre = real("lvs_method TUN type gre csum").forwarding;
  assert.deepEqual(gre, { ...tunnel, type: "gre", checksum: "sum" });
  const { upperThreshold, lowerThreshold } = real("uthreshold 9; lthreshold 5");
  assert.deepEqual([upperThreshold, lowerThreshold], [9, 5]);
});

test("a sorry server has a forwarding of its own", () => {
  const { sorry } = only("sorry_server 10.0.9.1 81; sorry_server_lvs_method DR");
  assert.deepEqual(sorry && sorryServerOf(sorry).forwarding, { by: "direct" });
});

test("a group of both families without tunnels is left out, as keepalived does", () => {
  const services = (method: string): number =>
    balanced(`virtual_server_group g {; 10.0.0.1 80; fd00::1 80; }
      virtual_server group g {; protocol TCP; lvs_method ${method}; real_server 10.0.1.1 80 {; }; }`).lvs.servers.flatMap(
      ipvsServicesOf,
    ).length;
  assert.deepEqual([services("NAT"), services("TUN")], [0, 2]);
});
