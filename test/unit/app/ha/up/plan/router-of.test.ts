/** What is in force of a vrrp_instance as a virtual router to be run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plannedRouter } from "../../../../../../src/app/ha/up/plan/router-of.ts";
import { effective, instance, instanceOf } from "../../../../../support/effective.ts";

const NO_FILES = { readSecretFile: () => ({ text: "", mode: 0o600 }) };

const routerOf = (inside: string, address: string) => {
  const read = effective(instance(inside, "v", 5, address));
  const { globals } = read.vrrp;
  return plannedRouter(instanceOf(read), globals, NO_FILES, assert.fail).instance;
};

test("an address is on the VMAC where there is one, unless it names its interface", () => {
  const placesOf = (inside: string, address: string) =>
    routerOf(inside, address).vips.map(({ ifName, tracked }) => [ifName, tracked]);
  assert.deepEqual(placesOf("priority 100", "10.0.0.5"), [["eth0", false]]);
  assert.deepEqual(placesOf("use_vmac", "10.0.0.5"), [["vrrp.5", false]]);
  assert.deepEqual(placesOf("use_vmac", "10.0.0.5 dev eth1"), [["eth1", true]]);
  assert.deepEqual(placesOf("priority 100", "10.0.0.5 dev eth1 no_track"), [["eth1", false]]);
});

test("the adverts of all leave together, at twenty times in an interval", () => {
  assert.equal(routerOf("advert_int 1", "10.0.0.5").config.beatSlotMs, 50);
  assert.equal(routerOf("version 3\n advert_int 0.01", "10.0.0.5").config.beatSlotMs, 0.5);
});
