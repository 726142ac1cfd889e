import assert from "node:assert/strict";
import test from "node:test";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";

const ask = async (run: FakeRun, request: unknown) =>
  JSON.parse(await run.ports.control.ask("VI_1", JSON.stringify(request)));
const status = (run: FakeRun) => ask(run, { request: "status" });

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
  assert.deepEqual(peers, [{ address: "10.0.0.2", priority: 200, adverts: 1, advert_age_ms: 500 }]);
  assert.deepEqual(vips, [{ address: "10.0.0.100/24", present: false }]);
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
  assert.deepEqual(vips, [{ address: "10.0.0.100/24", present: true }]);
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
