/** What moves together on one node moves together on all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clustered } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const node = (priority: number, groups: string): string =>
  [
    groups,
    ...["u", "v", "w"].map((name, n) =>
      instance(`priority ${priority}`, name, n + 5, `10.0.0.${n + 5}`),
    ),
  ].join("; ");
const group = (name: string, ...members: string[]): string =>
  `vrrp_sync_group ${name} {; group {; ${members.join("; ")}; }; }`;

test("groups of the same members are one, whatever they are called", () => {
  assert.deepEqual(
    clustered([node(150, group("G", "u", "v")), node(100, group("H", "v", "u"))]),
    [],
  );
});

test("a member that is alone elsewhere, and a group that is nowhere else", () => {
  const [a, b] = [node(150, group("G", "u", "v", "w")), node(100, group("G", "u", "v"))];
  const told = "vrrp_instance w is in vrrp_sync_group G, and not in that of";
  assert.deepEqual(clustered([a, b]), [`a.conf:5:1 vk719 ${told} b.conf (b.conf:1:17 without it)`]);
  assert.deepEqual(clustered([b, a].map((text) => text.replace("150", "150"))), [
    `b.conf:5:1 vk719 ${told} a.conf (a.conf:1:17 without it)`,
  ]);
  assert.deepEqual(clustered([node(150, ""), b]), [
    "b.conf:3:1 vk719 vrrp_sync_group G has 2 members that are in no group in a.conf (a.conf:1:15 without it)",
  ]);
});
