/** Weights that leave the nodes in their order, whatever fails. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCluster } from "../../../../src/config/cluster/cluster.ts";
import type { Finding } from "../../../../src/config/finding.ts";
import { clustered, nodesOf } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const track = (...entries: string[]): string => `track_interface {; ${entries.join("; ")}; }`;
const found = (...insides: string[]): string[] =>
  clustered(insides.map((inside) => instance(inside)));

test("a failure that leaves the MASTER above the others moves nothing", () => {
  assert.deepEqual(found(`priority 150; ${track("eth1 weight -30")}`, "priority 100"), [
    "a.conf:6:13 vk716 a failure of interface eth1 leaves vrrp_instance v MASTER: 150 - 30 = 120 is not below 100 in b.conf (b.conf:4:10 the other priority)",
  ]);
  const both = `priority 150; ${track("eth1 weight -20", "eth2 weight -20")}`;
  assert.deepEqual(found(both, "priority 100"), [
    "a.conf:6:13 vk716 all failures together leaves vrrp_instance v MASTER: 150 - 40 = 110 is not below 100 in b.conf (b.conf:4:10 the other priority, a.conf:7:13 nor does this one)",
  ]);
});

test("where nopreempt keeps the others from taking over no weight is advised", () => {
  const master = `priority 150; ${track("eth1 weight -20")}`;
  const helpFor = (...others: string[]): string => {
    const findings: Finding[] = [];
    const texts = [master, ...others].map((inside) => instance(inside));
    checkCluster(nodesOf(texts), (one) => findings.push(one));
    return findings.find(({ kind }) => kind.code === "vk716")?.help ?? "";
  };
  assert.match(helpFor("priority 100"), /^-50 is not enough, -51 moves/);
  const waiting = "priority 120; nopreempt";
  assert.match(helpFor(waiting), /^nopreempt in b\.conf: no weight moves the addresses/);
  assert.match(helpFor(waiting, "priority 100"), /^-50 is not enough, -51 moves/);
});

test("at the same priority nobody takes over", () => {
  const a = (weight: number): string => `priority 150; ${track(`eth1 weight ${weight}`)}`;
  assert.match(found(a(-50), "priority 100")[0] ?? "", /150 - 50 = 100 is not below 100/);
  assert.deepEqual(found(a(-51), "priority 100"), []);
});

test("what rises while it is well falls by a failure", () => {
  const a = (priority: number): string => `priority ${priority}; ${track("eth1 weight 20")}`;
  assert.deepEqual(found(a(101), a(100)), []);
  const [told] = found(a(150), a(100));
  assert.match(told ?? "", /leaves vrrp_instance v MASTER: 170 - 20 = 150 is not below 120/);
});

test("beside an owner, whom nothing but its end replaces, weights decide among the others", () => {
  const backup = `priority 100; ${track("eth1 weight -30")}`;
  assert.deepEqual(found("priority 255", backup), []);
  assert.match(
    found("priority 255", backup, "priority 50")[0] ?? "",
    /70 is not below 50 in c\.conf/,
  );
});

test("a backup that never comes above the MASTER, a file, a third node, no weight at all", () => {
  const backup = `priority 100; ${track("eth1 weight 30")}`;
  assert.deepEqual(found("priority 150", backup), [
    "b.conf:6:13 vk716 with all its weights vrrp_instance v comes to priority 130 (130 while all is well), and a.conf is never below 150 (a.conf:4:10 the other priority)",
  ]);
  assert.deepEqual(found("priority 150", backup, "priority 120"), [], "it decides who is second");
  assert.deepEqual(found(`priority 150; ${track("eth1")}`, "priority 100"), []);
  const file = "track_file f {; file /f; weight 1; }";
  const text = `${file}; ${instance("priority 150; track_file {; f; }")}`;
  assert.deepEqual(clustered([text, instance("priority 100")]), []);
});
