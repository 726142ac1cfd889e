import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannedProbe } from "../../../../../../src/app/ha/up/plan/lvs-plan.ts";
import { relocated } from "../../../../../../src/app/ha/up/plan/relocated.ts";
import { formatIp } from "../../../../../../src/core/addr.ts";
import { ANY_BODY } from "../../../../../../src/proto/check/http-verdict.ts";
import {
  lvsPlan,
  plannedCheck,
  plannedServer,
  plannedService,
} from "../../../../../support/lvs-plan.ts";
import { ip } from "../../../../../support/packets.ts";

const way = { port: 81, source: null, ifName: null, mark: null };
const tcpTo = (address: string) => plannedCheck({ probe: { by: "tcp", ...way, ip: ip(address) } });

const pages = (host: string, certificateName: string | null): PlannedProbe => ({
  ...{ by: "http", ...way, ip: ip("10.0.1.1"), version: "1.1", verifies: false },
  tls: { ca: null, certificate: null, key: null },
  pages: [
    { host, path: "/", serverName: null, certificateName, expected: { ...ANY_BODY, statuses: [] } },
  ],
});

/** Servers of one service, where web.test is at these addresses. */
function servers(
  checks: ReturnType<typeof plannedCheck>[],
  addresses: readonly string[],
  of = "10.0.1.1",
) {
  const plan = lvsPlan([plannedService({ servers: [plannedServer(80, { checks, weight: 7 })] })]);
  const place = { ip: ip(of), name: "web.test", ips: addresses.map(ip) };
  return relocated(plan, [place]).services[0]?.servers ?? [];
}

test("a real server is at each address of its name, with its weight and its checks", () => {
  const moved = servers([tcpTo("10.0.1.1")], ["10.0.2.1", "10.0.2.2"]);
  assert.deepEqual(
    moved.map(({ label, fileLabel, weight, checks: [check] }) => [
      label,
      fileLabel,
      weight,
      check !== undefined && "ip" in check.probe && formatIp(check.probe.ip),
    ]),
    [
      ["[10.0.2.1]:tcp:80", "[10.0.1.1]:tcp:80", 7, "10.0.2.1"],
      ["[10.0.2.2]:tcp:80", "[10.0.1.1]:tcp:80", 7, "10.0.2.2"],
    ],
  );
});

test("a check that goes elsewhere goes on to, and another server stays", () => {
  const elsewhere = tcpTo("10.0.9.9");
  assert.deepEqual(servers([elsewhere], ["10.0.2.1"])[0]?.checks, [elsewhere]);
  assert.equal(servers([], ["10.0.2.1"], "10.0.1.11")[0]?.label, "[10.0.1.1]:tcp:80");
});

test("pages that are asked for by address go with it; a certificate is for the name unless the file has one", () => {
  const page = (host: string, certificateName: string | null) => {
    const [server] = servers([plannedCheck({ probe: pages(host, certificateName) })], ["10.0.2.1"]);
    const probe = server?.checks[0]?.probe;
    const [moved] = probe?.by === "http" ? probe.pages : [];
    return [moved?.host, moved?.certificateName];
  };
  assert.deepEqual(page("10.0.1.1:81", null), ["10.0.2.1:81", "web.test"]);
  assert.deepEqual(page("10.0.1.1", null), ["10.0.2.1", "web.test"]);
  assert.deepEqual(page("10.0.1.11", null), ["10.0.1.11", "web.test"]);
  assert.deepEqual(page("www.test", "www.test"), ["www.test", "www.test"]);
});
