import assert from "node:assert/strict";
import { test } from "node:test";
import { Rivals, refuseRivals } from "../../../../src/app/vrrp/vmac-rivals.ts";
import { UsageError } from "../../../../src/core/errors.ts";
import type { FakeLink } from "../../../support/fake-link.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { vip, vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

const THEIRS = {
  ifIndex: 7,
  name: "vrrp.51",
  kind: "macvlan",
  mac: "00:00:5e:00:01:33",
  lowerIndex: 2,
};

/** Whether a router may start beside this interface. */
function check(changes: Partial<FakeLink> = {}, instance = vrrpInstance()): void {
  const ports = new FakePorts();
  ports.kernel.setLink({ ...THEIRS, ...changes });
  refuseRivals(instance, ports.openNetlink(0));
}

test("an interface of somebody else's that is up with our virtual MAC address is refused and named", () => {
  const isNamed = (error: unknown) =>
    error instanceof UsageError &&
    error.message ===
      "VRID 51 on eth0 is in use on this host: vrrp.51 has 00:00:5e:00:01:33 and is up; " +
        "stop whose it is (keepalived, FRR), then ip link delete vrrp.51";
  assert.throws(() => check(), isNamed);
  assert.throws(() => check({ kind: "macvtap" }), isNamed);
});

const HARMLESS: Readonly<Record<string, Partial<FakeLink>>> = {
  "that is down": { up: false },
  "of another router": { mac: "00:00:5e:00:01:34" },
  "for IPv6": { mac: "00:00:5e:00:02:33" },
  "on another interface": { lowerIndex: 3 },
  "of a VLAN": { kind: "vlan" },
  "of a run of ours": { alias: "vipkit" },
};
for (const [name, changes] of Object.entries(HARMLESS)) {
  test(`an interface ${name} is no rival`, () => assert.doesNotThrow(() => check(changes)));
}

test("one on which the user wants the addresses is no rival", () => {
  const vips = [vip("10.0.0.100/24", { ifName: THEIRS.name })];
  assert.doesNotThrow(() => check({}, vrrpInstance({ vips, config: vrrpConfig({ vrid: 51 }) })));
});

test("all who follow share one watch, and hear of one that comes and goes", async () => {
  const ports = new FakePorts();
  const netlink = ports.openNetlink(0);
  const before = ports.kernel.open;
  const rivals = new Rivals(ports, netlink);
  const told: string[] = [];
  const follow = (vrid: number) =>
    rivals.follow(vrrpInstance({ config: vrrpConfig({ vrid }) }), (rival) => {
      told.push(`${vrid} ${rival === undefined ? "free" : "taken"}`);
    });
  const followed = [51, 52].map(follow);
  assert.equal(ports.kernel.open, before + 1);
  assert.deepEqual(told.splice(0), ["51 free", "52 free"]);

  ports.kernel.setLink(THEIRS);
  await ports.clock.pass(0);
  assert.deepEqual(told.splice(0), ["51 taken", "52 free"]);
  followed.push(follow(51));
  assert.deepEqual(told.splice(0), ["51 taken"]);
  ports.kernel.removeLink(THEIRS.ifIndex);
  await ports.clock.pass(0);
  assert.deepEqual(told.splice(0), ["51 free", "52 free", "51 free"]);
  ports.kernel.setLink({ ...THEIRS, alias: "vipkit" });
  await ports.clock.pass(0);
  assert.deepEqual(told, [], "of those that routers of ours have made nobody needs to know");

  for (const { close } of followed) close();
  assert.equal(ports.kernel.open, before);
});
