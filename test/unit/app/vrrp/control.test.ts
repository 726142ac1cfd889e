import assert from "node:assert/strict";
import test from "node:test";
import { vmacFor } from "../../../../src/app/vrrp/vmac.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { hmacSettings } from "../../../support/hmac.ts";
import { advertOfPeer, peersOf, vip, vrrpConfig } from "../../../support/vrrp.ts";

const ask = async (run: FakeRun, request: unknown) =>
  JSON.parse(await run.ports.control.ask("VI_1", JSON.stringify(request)));
const status = (run: FakeRun) => ask(run, { request: "status" });

const VIP = { address: "10.0.0.100/24", interface: "eth0", advertised: true };

test("a backup tells whom it hears, and since when", async () => {
  const run = new FakeRun();
  await run.pass(1000);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200));
  await run.pass(500);
  const { state, state_age_ms, master, peers, vips, pid, uptime_ms, counters } = await status(run);
  assert.deepEqual([state, state_age_ms, pid, uptime_ms], ["backup", 1500, 4711, 1500]);
  assert.deepEqual(master, {
    address: "10.0.0.2",
    priority: 200,
    advert_age_ms: 500,
    here: false,
  });
  assert.deepEqual(peers, [
    {
      address: "10.0.0.2",
      configured: false,
      priority: 200,
      interval_ms: 1000,
      adverts: 1,
      advert_age_ms: 500,
    },
  ]);
  assert.deepEqual(vips, [{ ...VIP, present: false }]);
  assert.deepEqual([counters.adverts_received, counters.adverts_sent], [1, 0]);
});

test("a master is its own master and has its addresses", async () => {
  const run = new FakeRun();
  await run.pass(4000);
  const { state, master, vips, priority } = await status(run);
  assert.deepEqual(
    [state, priority, master.address, master.here],
    ["master", 100, "10.0.0.1", true],
  );
  assert.ok(master.advert_age_ms <= 1000);
  assert.deepEqual(vips, [{ ...VIP, present: true }]);
});

test("a master that resigned is none any more", async () => {
  const run = new FakeRun();
  await run.pass(100);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200));
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 0));
  const { master, peers } = await status(run);
  assert.deepEqual([master, peers[0].priority, peers[0].adverts], [null, 0, 2]);
});

test("a fault is a state, and an interface that is gone has no address", async () => {
  const run = new FakeRun();
  await run.pass(4000);
  run.ports.kernel.setLink({ running: false });
  await run.pass(100);
  const { state, master } = await status(run);
  assert.deepEqual([state, master], ["fault", null]);
});

test("the history has each transition with its cause, time and age", async () => {
  const run = new FakeRun();
  await run.pass(4000);
  const { transitions } = await ask(run, { request: "history" });
  assert.deepEqual(
    transitions.map(({ from, to, age_ms }: Record<string, unknown>) => [from, to, age_ms]),
    [
      ["init", "backup", 4000],
      ["backup", "master", 4000 - 3609.375],
    ],
  );
  assert.deepEqual(transitions[1].cause, {
    kind: "advert-timeout",
    last: null,
    age_ms: 3609.375,
    limit_ms: 3609.375,
  });
  assert.equal(transitions[0].ts, "2026-01-02T00:00:00.000Z");
});

test("the history and the peers are bounded", async () => {
  const run = new FakeRun();
  await run.pass(1);
  for (let i = 0; i < 200; i++) {
    await run.pass(4000);
    run.ports.receive(`10.0.1.${i}`, advertOfPeer(`10.0.1.${i}`, 200));
  }
  assert.equal((await ask(run, { request: "history" })).transitions.length, 256);
  const { peers } = await status(run);
  assert.equal(peers.length, 32);
  assert.ok(peers.some(({ address }: { address: string }) => address === "10.0.1.199"));
});

test("junk is answered with an error and changes nothing", async () => {
  const run = new FakeRun();
  await run.pass(100);
  for (const junk of ["", "{", "null", "1", "[]", '"status"', "{}", '{"request":{}}', "\u0000"]) {
    assert.deepEqual(JSON.parse(await run.ports.control.ask("VI_1", junk)), {
      error: "unknown request",
    });
  }
  assert.equal((await status(run)).state, "backup");
});

test("a router that cannot be asked says so in one line and runs", async () => {
  const ports = new FakePorts();
  ports.control.refuse = "EACCES";
  const run = new FakeRun({}, { ports });
  await run.pass(4000);
  assert.deepEqual(run.told, [
    "notice: cannot be asked for its status: mkdir /run/vipkit: EACCES",
    "init>backup started",
    "backup>master advert-timeout",
  ]);
});

test("the name is given back at the end", async () => {
  const run = new FakeRun();
  await run.pass(100);
  assert.deepEqual(run.ports.control.names(), ["VI_1"]);
  run.stop.abort();
  await run.ended;
  assert.deepEqual(run.ports.control.names(), []);
});

const rerank = (run: FakeRun, change: unknown) => ask(run, { request: "priority", change });

test("another priority is advertised at once, shown beside the configured one, and told", async () => {
  const run = new FakeRun();
  await run.pass(4500);
  run.takeSent();
  assert.deepEqual(await rerank(run, "-30"), {
    state: "master",
    former_priority: 100,
    priority: 70,
    configured_priority: 100,
  });
  assert.deepEqual(run.takeSent(), ["advert 70 from 10.0.0.1"]);
  assert.equal(run.told.at(-1), "priority 100>70");
  const { priority, configured_priority, master } = await status(run);
  assert.deepEqual([priority, configured_priority, master.priority], [70, 100, 70]);
  assert.equal((await rerank(run, "+10")).priority, 80);
  run.ports.kernel.setLink({ running: false });
  await run.pass();
  const { transitions } = await ask(run, { request: "history" });
  assert.equal(transitions.at(-1).priority, 80);
});

test("a priority survives new sockets", async () => {
  const run = new FakeRun();
  await run.pass(4500);
  await rerank(run, "70");
  run.ports.kernel.setLink({ mac: "02:00:00:00:00:99" });
  run.takeSent();
  await run.pass(1000);
  assert.ok(run.takeSent().includes("advert 70 from 10.0.0.1"));
});

test("a priority that none but others can have is refused with the reason", async () => {
  const run = new FakeRun();
  await run.pass(100);
  for (const [change, reason] of [
    ["255", /owner/],
    ["+155", /owner/],
    ["0", /resignation/],
    ["-100", /resignation/],
    ["-101", /priority -1 is not within 1\.\.254/],
    ["+200", /priority 300 is not within/],
    ["999", /priority 999 is not within/],
    ["1000", /none of N/],
    ["", /none of N/],
    [null, /none of N/],
  ] as const) {
    assert.match((await rerank(run, change)).error, reason, `${change}`);
  }
  assert.equal((await status(run)).priority, 100);
  const owner = new FakeRun({ config: vrrpConfig({ priority: 255 }) });
  await owner.pass(100);
  assert.match((await rerank(owner, "100")).error, /keeps priority 255/);
});

test("peers that were named and never heard are told, and who signs", async () => {
  const run = new FakeRun({ reach: peersOf("10.0.0.2", "10.0.0.3"), hmac: hmacSettings() });
  await run.pass(100);
  const { peers, hmac } = await status(run);
  assert.deepEqual(peers[1], {
    address: "10.0.0.3",
    configured: true,
    priority: null,
    interval_ms: null,
    adverts: 0,
    advert_age_ms: null,
  });
  assert.deepEqual(hmac, { mode: "enforce", key_id: 1, key_ids: [1, 7], window_ms: 5000 });
  assert.doesNotMatch(JSON.stringify(await status(run)), /secret|0001/);
});

test("a VMAC is told with its MAC address, and null without", async () => {
  const vmac = vmacFor({ family: 4, vrid: 51, name: null, sendsAdverts: true });
  const run = new FakeRun({
    vmac,
    vips: [vip("10.0.0.100/24", { ifName: "vrrp.51", tracked: false })],
  });
  await run.pass(100);
  const told = { interface: "vrrp.51", mac: "00:00:5e:00:01:33", sends_adverts: true };
  assert.deepEqual((await status(run)).vmac, told);
  const plain = new FakeRun();
  await plain.pass(100);
  assert.equal((await status(plain)).vmac, null);
});

test("stalls are told with the longest and the age of the last", async () => {
  const run = new FakeRun();
  await run.pass(4000);
  assert.deepEqual((await status(run)).stalls, { count: 0, longest_ms: null, last_age_ms: null });
  run.ports.clock.freeze(2000);
  await run.pass(100);
  const { stalls, worst_late_ms } = await status(run);
  assert.deepEqual([stalls.count, stalls.last_age_ms], [1, 100]);
  assert.ok(stalls.longest_ms > 1000 && stalls.longest_ms === worst_late_ms);
});

test("a transition keeps the last advert, the link and how late we were", async () => {
  const run = new FakeRun();
  await run.pass(1000);
  run.ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200));
  await run.pass(5000);
  const { transitions } = await ask(run, { request: "history" });
  const [first, second] = transitions;
  assert.deepEqual([first.last_advert, first.late_ms, first.suspects], [null, 0, []]);
  assert.deepEqual(second.last_advert, {
    source: "10.0.0.2",
    priority: 200,
    interval_ms: 1000,
    age_ms: 3609.375,
  });
  assert.deepEqual(second.link, { up: true, running: true, age_ms: 4609.375 });
  assert.equal(second.cause.last, second.last_advert.source);
});
