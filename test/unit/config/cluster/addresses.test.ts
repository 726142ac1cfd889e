/** Addresses that one node alone has are told with their lines; their order does not matter. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clustered } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const a = (addresses: string, more = ""): string =>
  instance(`priority 150; ${more}`, "v", 5, addresses);
const b = (addresses: string, more = ""): string =>
  instance(`priority 100; ${more}`, "v", 5, addresses);

test("the lists are compared as sets", () => {
  assert.deepEqual(clustered([a("10.0.0.5; 10.0.0.6"), b("10.0.0.6; 10.0.0.5 dev eth1")]), []);
});

test("an address has one prefix length on all nodes, in either list", () => {
  const told = "10.0.0.6 of vrrp_instance v has /24, but /32 in a.conf";
  const related = "(a.conf:7:1 the other one)";
  const excluded = "virtual_ipaddress_excluded {; 10.0.0.7/25; }";
  assert.deepEqual(
    clustered([
      a("10.0.0.5; 10.0.0.6", excluded),
      b("10.0.0.6/24; 10.0.0.5", excluded.replace("25", "26")),
    ]).map((line) => line.replace(/a.conf:\d+/, "a.conf:7")),
    [
      `b.conf:9:1 vk722 ${told} ${related}`,
      `b.conf:6:1 vk722 10.0.0.7 of vrrp_instance v has /26, but /25 in a.conf ${related}`,
    ],
  );
});

test("what one node alone has is told", () => {
  const head = "vk704 virtual_ipaddress of vrrp_instance v is another one in a.conf: here it";
  assert.deepEqual(clustered([a("10.0.0.5"), b("10.0.0.5; 10.0.0.6")]), [
    `b.conf:7:1 ${head} has 10.0.0.6 (a.conf:1:15 not in this one)`,
  ]);
  assert.deepEqual(clustered([a("10.0.0.5; 10.0.0.6"), b("10.0.0.5")]), [
    `b.conf:1:15 ${head} lacks 10.0.0.6 (a.conf:7:1 10.0.0.6 is written here)`,
  ]);
  assert.deepEqual(clustered([a("10.0.0.5"), b("10.0.0.6")]), [
    `b.conf:6:1 ${head} has 10.0.0.6, and lacks 10.0.0.5 (a.conf:6:1 10.0.0.5 is written here)`,
  ]);
  const many = Array.from({ length: 12 }, (_, n) => `10.0.1.${n}`).join("; ");
  const [found] = clustered([a("10.0.0.5"), b(`10.0.0.5; ${many}`)]);
  assert.match(found ?? "", /has 10\.0\.1\.0, .*10\.0\.1\.7 and 4 more \(/);
});

test("those that are not advertised are compared too", () => {
  const excluded = "virtual_ipaddress_excluded {; 10.0.0.9; }";
  assert.deepEqual(clustered([a("10.0.0.5", excluded), b("10.0.0.5")]), [
    "b.conf:1:15 vk705 virtual_ipaddress_excluded of vrrp_instance v is another one in a.conf: here it lacks 10.0.0.9 (a.conf:6:1 10.0.0.9 is written here)",
  ]);
});
