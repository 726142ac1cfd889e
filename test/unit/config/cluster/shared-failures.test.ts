/** A script that fails on both nodes moves nothing where it has one weight. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clustered } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const SCRIPT = "vrrp_script chk {; script /bin/check; }";
const node = (priority: number, weight: string): string =>
  `${SCRIPT}; ${instance(`priority ${priority}; track_script {; chk weight ${weight}; }`)}`;
const told = (...nodes: readonly (readonly [number, string])[]): string[] =>
  clustered(nodes.map(([priority, weight]) => node(priority, weight)))
    .filter((line) => line.includes("vk723"))
    .map((line) => line.replace(/.*from (\d+ to \d+), .*from (\d+ to \d+):.*/, "$1, $2"));

test("with other weights the order of two nodes turns round", () => {
  assert.deepEqual(told([150, "-60"], [100, "-5"]), ["150 to 90, 100 to 95"]);
  assert.deepEqual(told([100, "-5"], [150, "-60"]), ["150 to 90, 100 to 95"]);
  assert.deepEqual(told([100, "60"], [120, "20"]), ["160 to 100, 140 to 120"]);
});

test("with one weight, or where the first stays above, it does not", () => {
  assert.deepEqual(told([150, "-60"], [100, "-60"]), []);
  assert.deepEqual(told([150, "-60"], [100, "-20"]), []);
  assert.deepEqual(told([150, "-60"], [100, "-10"]), [], "of equal ones nobody takes over");
  assert.deepEqual(told([150, "0"], [100, "-5"]), []);
});
