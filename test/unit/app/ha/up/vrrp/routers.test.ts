/** All virtual routers of one process, on a host that is played: from plan to plan. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromRouters } from "../../../../../../src/app/ha/up/messages.ts";
import type { HaPlan } from "../../../../../../src/app/ha/up/plan/plan.ts";
import { Routers } from "../../../../../../src/app/ha/up/vrrp/routers.ts";
import { formatCidr } from "../../../../../../src/core/addr.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { haPlan, plannedRouter } from "../../../../../support/ha-plan.ts";
import { ip } from "../../../../../support/packets.ts";
import { vip, vrrpConfig } from "../../../../../support/vrrp.ts";
import { sentText } from "../../../../../support/wire-text.ts";

const TAKEOVER_MS = 3610;
const one = plannedRouter(51);
const two = plannedRouter(52);

async function running(plan: Partial<HaPlan>) {
  const ports = new FakePorts();
  const told: string[] = [];
  const tell = (message: FromRouters): void => {
    if (message.kind !== "router") return;
    const { instance: name, event } = message;
    if (event.type === "transition") told.push(`${name} ${event.from}>${event.to}`);
    if (event.type === "trouble") told.push(`${name} ${event.text}`);
  };
  const routers = new Routers(haPlan(plan), new Map(), ports, tell, () => {});
  routers.run();
  const pass = async (ms: number): Promise<string[]> => {
    await ports.clock.pass(ms);
    const sent = ports.sent.splice(0).map(sentText);
    return sent.filter((text) => !text.includes("ARP, Request")); // of the watch for conflicts
  };
  await pass(TAKEOVER_MS);
  told.length = 0;
  const apply = (next: Partial<HaPlan>): void => routers.apply(haPlan(next));
  const held = () => ports.kernel.addresses.map(formatCidr).filter((text) => !OWN.includes(text));
  return { ports, routers, told, pass, apply, held };
}

const OWN = ["10.0.0.1/24", "fe80::1/64"];

test("the same plan is as none: the next advert comes when it would have", async () => {
  const { apply, pass, told, held } = await running({ routers: [one] });
  assert.deepEqual(await pass(400), []);
  apply(structuredClone({ routers: [one] }));
  assert.deepEqual(await pass(599), []);
  assert.deepEqual(await pass(1), ["advert 100 from 10.0.0.1"]);
  assert.deepEqual(told, []);
  assert.deepEqual(held(), ["10.0.0.51/24"]);
});

test("other addresses are there in this very turn, and the next advert comes in time", async () => {
  const { apply, pass, told, held, routers } = await running({ routers: [one] });
  await pass(400);
  apply({ routers: [plannedRouter(51, { vips: [vip("10.0.0.61/24"), vip("10.0.0.51/24")] })] });
  assert.deepEqual(held(), ["10.0.0.51/24", "10.0.0.61/24"]);
  assert.equal((await pass(0)).filter((text) => text.includes("ARP")).length, 2);
  assert.deepEqual(await pass(600), ["advert 100 from 10.0.0.1"]);
  apply({ routers: [plannedRouter(51, { vips: [vip("10.0.0.61/24")] })] });
  assert.deepEqual(held(), ["10.0.0.61/24"]);
  await pass(1000);
  assert.deepEqual(told, []);
  routers.stop();
  await pass(TAKEOVER_MS);
  await routers.ended;
  assert.deepEqual(held(), []);
});

test("another interval is told at once, and another priority", async () => {
  const { apply, pass } = await running({ routers: [one] });
  await pass(400);
  const config = vrrpConfig({ vrid: 51, garpRepeat: 1, adverIntervalMs: 500, priority: 150 });
  apply({ routers: [plannedRouter(51, { config })] });
  const sent = (await pass(0)).filter((text) => text.startsWith("advert"));
  assert.deepEqual(sent, ["advert 150 from 10.0.0.1"]);
  assert.deepEqual(await pass(500), ["advert 150 from 10.0.0.1"]);
});

test("who is removed resigns, and who gets what it had begins after it", async () => {
  const { apply, pass, told, held } = await running({ routers: [one, two] });
  await pass(400);
  const heir = plannedRouter(53, { vips: two.instance.vips });
  apply({ routers: [one, heir] });
  assert.deepEqual(await pass(0), ["advert 0 from 10.0.0.1"]);
  assert.deepEqual(held(), ["10.0.0.51/24", "10.0.0.52/24"], "until somebody takes over");
  await pass(2 * TAKEOVER_MS);
  assert.deepEqual(told, ["VI_52 master>init", "VI_53 init>backup", "VI_53 backup>master"]);
  assert.deepEqual(held(), ["10.0.0.51/24", "10.0.0.52/24"]);
});

test("a router that leaves its sync group waits for nobody, and shares no fault", async () => {
  const syncGroups = [{ name: "G", members: ["VI_51", "VI_52"] }];
  const trackers = [{ kind: "script", name: "chk", weight: 0, isReverse: false }] as const;
  const faulty = plannedRouter(52, {}, { trackers });
  const { apply, pass, told, routers } = await running({ routers: [one, faulty], syncGroups });
  routers.note([{ kind: "script", name: "chk", state: "down" }]);
  await pass(0);
  assert.ok(told.includes("VI_51 backup>fault"), `${told}`);
  told.length = 0;
  apply({ routers: [one, faulty] });
  await pass(TAKEOVER_MS);
  assert.deepEqual(told, ["VI_51 fault>backup", "VI_51 backup>master"]);
});

test("one that cannot be as the plan wants goes on as it was", async () => {
  const { apply, pass, told, held } = await running({ routers: [one, two] });
  apply({
    routers: [one, plannedRouter(52, { vips: [vip("10.0.0.52/24"), vip("10.0.0.51/24")] })],
  });
  await pass(1000);
  assert.equal(told.length, 1);
  assert.match(told[0] ?? "", /^VI_52 .*10\.0\.0\.51.*another virtual router/);
  assert.deepEqual(held(), ["10.0.0.51/24", "10.0.0.52/24"]);
});

test("one whose interface cannot be told just now goes on as it was, and nobody else may have its addresses", async () => {
  const place = { ifName: "", source: ip("10.0.0.1"), vips: [vip("10.0.0.51/24")] };
  const { ports, apply, pass, told } = await running({ routers: [plannedRouter(51, place)] });
  const claims = [...ports.claims];
  assert.ok(claims.length > 0);
  ports.kernel.removeAddress("10.0.0.1/24");
  const config = vrrpConfig({ vrid: 51, garpRepeat: 1, priority: 150 });
  apply({ routers: [plannedRouter(51, { ...place, config })] });
  await pass(0);
  assert.match(`${told}`, /no interface has its unicast_src_ip/);
  assert.deepEqual([...ports.claims], claims);
});

test("an address may change hands between two that go on", async () => {
  const { apply, pass, told, held } = await running({ routers: [one, two] });
  const [first, second] = [vip("10.0.0.51/24"), vip("10.0.0.52/24")];
  apply({
    routers: [plannedRouter(51, { vips: [second] }), plannedRouter(52, { vips: [first] })],
  });
  await pass(1000);
  assert.deepEqual(held().sort(), ["10.0.0.51/24", "10.0.0.52/24"]);
  assert.deepEqual(
    told.filter((line) => line.includes("claim")),
    [],
  );
});

test("it is told that all is settled when who had to leave has left", async () => {
  const { routers, pass } = await running({ routers: [one] });
  let isSettled = false;
  routers.apply(haPlan({ routers: [two] }), () => {
    isSettled = true;
  });
  assert.equal(isSettled, false, "one hands over");
  await pass(10_000);
  assert.equal(isSettled, true);
});
