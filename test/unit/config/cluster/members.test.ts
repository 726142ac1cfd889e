/** Which instances are one virtual router, and those that another node has not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { routersOf } from "../../../../src/config/cluster/members.ts";
import { clustered, nodesOf } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const matched = (...texts: string[]): string[] =>
  routersOf(nodesOf(texts)).map((router) =>
    router.map(({ node, instance: { name } }) => `${node.path[0]}.${name}`).join(" "),
  );
const on = (eth: string, name: string, vrid: number, address: string): string =>
  instance("", name, vrid, address).replace("eth0", eth);

test("number, addresses and names decide, never over families", () => {
  const a = `${instance("", "v", 5)}; ${instance("", "w", 6, "10.0.0.6")}`;
  const swapped = `${instance("", "w", 5)}; ${instance("", "v", 6, "10.0.0.6")}`;
  assert.deepEqual(matched(a, swapped), ["a.v b.w", "a.w b.v"], "names count least");
  const renumbered = `${instance("", "v", 6)}; ${instance("", "w", 5, "10.0.0.6")}`;
  assert.deepEqual(
    matched(a, renumbered),
    ["a.v b.v", "a.w b.w"],
    "address and name beat a number",
  );
  assert.deepEqual(matched(a, instance("", "w", 5, "2001:db8::5")), ["a.v", "a.w", "b.w"]);
  assert.deepEqual(matched(a, a, a), ["a.v b.v c.v", "a.w b.w c.w"]);
});

test("the same number on two links is two virtual routers", () => {
  const a = `${on("eth0", "p", 5, "10.0.0.5")}; ${on("eth1", "q", 5, "10.1.0.5")}`;
  const b = `${on("eth1", "r", 5, "10.1.0.9")}; ${on("eth0", "s", 5, "10.0.0.9")}`;
  assert.deepEqual(matched(a, b), ["a.p b.s", "a.q b.r"]);
});

test("an instance that another node has not is told, and a file that has nothing in common", () => {
  const both = `${instance("priority 150")}; ${instance("", "w", 6, "10.0.0.6")}`;
  const one = instance("priority 100");
  const stranger = instance("", "x", 9, "10.0.0.9");
  const missing =
    "a.conf:9:15 vk717 vrrp_instance w has nothing like it in b.conf (b.conf:1:15 the first instance there)";
  assert.deepEqual(clustered([both, one]), [missing]);
  assert.deepEqual(clustered([both, one, stranger]), [
    missing,
    "c.conf:1:15 vk718 c.conf has no virtual router in common with the other files (a.conf:1:15 one of another)",
  ]);
  assert.deepEqual(clustered([both, "global_defs {; router_id a; }"]), []);
});

test("two hundred instances on eight nodes find each other", () => {
  const all = Array.from({ length: 200 }, (_, n) =>
    instance("", `v${n}`, n + 1, `10.0.0.${n + 1}`),
  ).join("; ");
  const routers = routersOf(nodesOf(Array.from({ length: 8 }, () => all)));
  assert.equal(routers.length, 200);
  assert.ok(routers.every((router) => new Set(router.map((one) => one.instance.name)).size === 1));
});

test("a number that more than a hundred instances of a node have tells nothing", () => {
  const many = (count: number, name: string): string =>
    Array.from({ length: count }, (_, n) =>
      on(`eth${n}`, `${name}${n}`, 5, `10.0.${name.length}.${n}`),
    ).join("; ");
  assert.equal(matched(many(100, "v"), many(100, "ww")).length, 100);
  assert.equal(matched(many(101, "v"), many(101, "ww")).length, 202);
  assert.equal(matched(many(101, "v"), many(101, "v")).length, 101);
});
