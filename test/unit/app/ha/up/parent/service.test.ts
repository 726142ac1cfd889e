/** What the service manager is told, and how often. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Service } from "../../../../../../src/app/ha/up/parent/service.ts";
import type { VrrpState } from "../../../../../../src/proto/vrrp/facts.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";

function serviceOf(watchdogMs: number | null) {
  const clock = new FakeClock();
  const told: string[] = [];
  const serviceManager = { watchdogMs, tell: (text: string) => void told.push(text) };
  return { clock, told, service: new Service({ clock, serviceManager }) };
}

test("that it runs and ends is told, and which router is what when that has changed", () => {
  const { service, told } = serviceOf(null);
  const states = new Map<string, VrrpState>([["a", "backup"]]);
  service.ready();
  service.show(states);
  service.show(new Map(states));
  service.show(states.set("a", "master"));
  service.stopping();
  assert.deepEqual(told, ["READY=1", "STATUS=BACKUP of a", "STATUS=MASTER of a", "STOPPING=1"]);
});

test("a reload is told with its time, by which the service manager knows it for this one", () => {
  const { service, told, clock } = serviceOf(null);
  service.reloading();
  assert.deepEqual(told, [`RELOADING=1\nMONOTONIC_USEC=${clock.nowMs() * 1000}`]);
});

test("a name cannot begin another line for the service manager", () => {
  const { service, told } = serviceOf(null);
  service.show(new Map([["a\nSTOPPING=1", "backup"]]));
  assert.doesNotMatch(told.join(), /\n/);
});

test("signs of life are given four times within the time that it waits for one", async () => {
  const { service, clock, told } = serviceOf(1000);
  for (let ms = 0; ms < 1000; ms += 100) {
    service.live();
    await clock.pass(100);
  }
  assert.deepEqual(told, Array(4).fill("WATCHDOG=1"));
});

test("who waits for none gets none", () => {
  const { service, told } = serviceOf(null);
  service.live();
  assert.deepEqual(told, []);
});

test("without a service manager there is nobody to tell", () => {
  const service = new Service({ clock: new FakeClock(), serviceManager: undefined });
  service.ready();
  service.show(new Map([["a", "master"]]));
  service.live();
  service.stopping();
});
