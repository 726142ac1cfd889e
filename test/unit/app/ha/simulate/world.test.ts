import assert from "node:assert/strict";
import { test } from "node:test";
import { cameThrough } from "../../../../../src/app/ha/simulate/survival.ts";
import { World } from "../../../../../src/app/ha/simulate/world.ts";
import { ip } from "../../../../support/packets.ts";
import { cluster, live, type NodeWish } from "../../../../support/simulated.ts";

test("an address is one for all routers, a link-local one for each virtual router", () => {
  const world = new World(1);
  const [left, right] = ["left", "right"].map((key) => ({ key, ifName: `${key}0` }));
  assert.ok(left !== undefined && right !== undefined);
  for (const wide of ["10.0.0.1", "fd00::1"]) {
    assert.equal(world.address(ip(wide), left), world.address(ip(wide), right), wide);
  }
  assert.equal(world.address(ip("fe80::1"), left), world.address(ip("fe80::1"), left));
  assert.notEqual(world.address(ip("fe80::1"), left), world.address(ip("fe80::1"), right));
  assert.deepEqual(
    world.addresses.map(({ address }) => address),
    ["10.0.0.1", "fd00::1", "fe80::1%left0", "fe80::1%right0"],
  );
});

test("fe80::1 of two virtual routers on two nodes has not two holders", () => {
  const node = (source: string, first: number, second: number): NodeWish => ({
    instances: [first, second].map((priority, at) => ({
      name: `VI_${at + 1}`,
      vips: ["fe80::1"],
      source: ip(source),
      reach: { kind: "group", group: ip("ff02::12") },
      config: { vrid: at + 1, priority },
    })),
  });
  const result = live(cluster(node("fe80::a", 150, 100), node("fe80::b", 100, 150)), 20);
  assert.deepEqual(
    result.addresses.map(({ holders }) => holders),
    [["a"], ["b"]],
  );
  assert.equal(cameThrough(result), true);
});
