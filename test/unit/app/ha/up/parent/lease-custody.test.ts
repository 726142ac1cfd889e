/** The parent keeps the leases of a silent child, until it speaks or its successor renews them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LeaseCustody } from "../../../../../../src/app/ha/up/parent/lease-custody.ts";
import { SystemError } from "../../../../../../src/core/errors.ts";
import { decodeAddress, type NewAddress } from "../../../../../../src/core/netlink/rtnl-address.ts";
import type { NetlinkSocket } from "../../../../../../src/io/ports.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";
import { haPlan } from "../../../../../support/ha-plan.ts";
import { ip } from "../../../../../support/packets.ts";
import { vrrpConfig, vrrpInstance } from "../../../../../support/vrrp.ts";

const ADDRESS: NewAddress = { ip: ip("10.0.0.100"), prefixLength: 24, ifIndex: 2, validLftS: 2 };

/** One router, MASTER at 0. */
function custodyOf(fail: () => void = () => {}) {
  const clock = new FakeClock();
  const startMs = clock.nowMs();
  const renewed: string[] = []; // when, and for how long
  const told: string[] = [];
  const netlink: NetlinkSocket = {
    close: () => void told.push("closed"),
    transact(requests) {
      fail();
      for (const { body } of requests) {
        const address = decodeAddress(body);
        assert.ok(address.ok);
        renewed.push(`${clock.nowMs() - startMs}: ${address.value.validLftS}s`);
      }
      return [];
    },
  };
  const config = vrrpConfig({ adverIntervalMs: 1000, leaseS: 2 });
  const instance = { ...vrrpInstance(), name: "VI_1", config };
  const plan = haPlan({ routers: [{ instance, keys: null, trackers: [] }] });
  const ports = { clock, openNetlink: () => netlink };
  const custody = new LeaseCustody(plan, ports, (text) => void told.push(text));
  custody.note({ instance: "VI_1", addresses: [ADDRESS], renewedMs: startMs });
  return { custody, clock, renewed, told, startMs };
}

test("they are prolonged for as long as no peer could have taken over, and no longer", async () => {
  const { custody, clock, renewed } = custodyOf();
  await clock.pass(1400);
  assert.deepEqual(renewed, [], "their own process does so");
  custody.begin();
  await clock.pass(60_000);
  assert.deepEqual(renewed, ["1400: 1s", "1450: 1s", "1500: 1s", "1550: 1s", "1600: 1s"]);
  assert.equal(clock.pending, 0);
});

test("not when it speaks again, when the router is MASTER no more, or when the successor has them", async () => {
  for (const act of ["end", "drop", "note"] as const) {
    const { custody, clock, renewed, startMs } = custodyOf();
    await clock.pass(1500);
    custody.begin();
    if (act === "end") custody.end();
    if (act === "drop") custody.drop("VI_1");
    if (act === "note")
      custody.note({ instance: "VI_1", addresses: [ADDRESS], renewedMs: startMs + 1500 });
    await clock.pass(5000);
    assert.deepEqual(renewed, ["1500: 1s"], act);
    assert.equal(clock.pending, 0);
  }
});

test("one without addresses, and one that nobody knows, are none to keep", async () => {
  const { custody, clock, renewed, told, startMs } = custodyOf();
  custody.note({ instance: "VI_1", addresses: [], renewedMs: startMs });
  custody.note({ instance: "other", addresses: [ADDRESS], renewedMs: startMs });
  await clock.pass(1500);
  custody.begin();
  assert.deepEqual(renewed, []);
  custody.close();
  assert.deepEqual(told, ["closed"]);
});

test("what the kernel refuses is told once", async () => {
  const { custody, clock, told } = custodyOf(() => {
    throw new SystemError("netlink", "route", "ENOBUFS", "no room");
  });
  await clock.pass(1500);
  custody.begin();
  await clock.pass(5000);
  assert.equal(told.length, 1);
  assert.match(told[0] ?? "", /no room/);
});
