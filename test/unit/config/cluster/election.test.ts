/** Who becomes MASTER: priorities, states, and settings that stand on the wrong node. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clustered } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const found = (...insides: string[]): string[] =>
  clustered(insides.map((inside) => instance(inside)));
const weighed = (weight: number): string => `track_interface {; eth1 weight ${weight}; }`;

test("two nodes of the same priority, also by their weights", () => {
  const told = "as in a.conf: addresses decide who is MASTER";
  assert.deepEqual(found("priority 100", "priority 100"), [
    `b.conf:4:10 vk712 vrrp_instance v has priority 100, ${told} (a.conf:4:10 the other one)`,
  ]);
  assert.deepEqual(found("", "state BACKUP"), [
    `b.conf:1:15 vk712 vrrp_instance v has priority 100, ${told} (a.conf:1:15 the other one)`,
  ]);
  const [byWeight] = found("priority 110", `priority 100; ${weighed(10)}`);
  assert.match(byWeight ?? "", /^b.conf:4:10 vk712 .* comes by its weights to priority 110, as in/);
  const [owners] = found("priority 255", "priority 255");
  assert.match(owners ?? "", /both own the addresses, and have them at once/);
  assert.deepEqual(found("priority 100", `priority 95; ${weighed(10)}`), []);
});

test("two nodes that begin with state MASTER", () => {
  const masters = ["state MASTER; priority 150", "state MASTER; priority 100"] as const;
  const told = (path: string): string =>
    `${path}.conf:4:7 vk713 vrrp_instance v begins with state MASTER, as in a.conf (a.conf:4:7 the other one)`;
  assert.deepEqual(found(...masters), [told("b")]);
  assert.deepEqual(found(...masters, "state MASTER; priority 50"), [told("b"), told("c")]);
});

test("nopreempt is for the node of the highest priority", () => {
  const [high, low] = ["priority 150", "priority 100"];
  assert.deepEqual(found(`${high}; nopreempt`, low), []);
  assert.deepEqual(found(`${high}; nopreempt`, `${low}; nopreempt`), [
    "a.conf:5:1 vk714 all nodes have nopreempt for vrrp_instance v: whoever is MASTER stays it (b.conf:5:1 here too)",
  ]);
  assert.deepEqual(found(high, `${low}; nopreempt`), [
    "b.conf:5:1 vk715 nopreempt does nothing for vrrp_instance v, whose priority 100 is below 150 in a.conf (a.conf:4:10 the higher one)",
  ]);
  assert.deepEqual(found(`${high}; ${weighed(-60)}`, `${low}; nopreempt`), [
    "b.conf:5:1 vk715 nopreempt keeps it from taking over when interface eth1 fails there: it is that of vrrp_instance v, whose priority 100 is below 150 in a.conf (a.conf:6:13 tracked here)",
  ]);
  assert.deepEqual(found(high, `${low}; nopreempt`, "priority 50"), [], "it spares the third one");
});

test("preempt_delay is for a node that has another one below it", () => {
  const [high, low] = ["priority 150", "priority 100"];
  assert.deepEqual(found(`${high}; preempt_delay 60`, low), []);
  assert.deepEqual(found(high, `${low}; preempt_delay 60`), [
    "b.conf:5:15 vk720 preempt_delay does nothing for vrrp_instance v, whose priority 100 is below 150 in a.conf (a.conf:4:10 the higher one)",
  ]);
  const [delayed] = found(`${high}; ${weighed(-60)}`, `${low}; preempt_delay 60`);
  assert.match(
    delayed ?? "",
    /vk720 preempt_delay puts the takeover off when interface eth1 fails/,
  );
});
