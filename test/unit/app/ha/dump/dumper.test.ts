/** Signals to `ha up`, and the files that follow. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DumpSignal } from "../../../../../src/io/ports.ts";
import { FakeHa } from "../../../../support/fake-ha.ts";

async function after(
  ha: FakeHa,
  ...signals: DumpSignal[]
): Promise<Record<string, string | undefined>> {
  ha.ports.files.contents.clear();
  for (const signal of signals) ha.ports.daemon.signals.get(signal)?.();
  for (let turn = 0; turn < 20; turn++) await ha.ports.clock.pass(0);
  const texts = [...ha.ports.files.contents].map(
    ([path, bytes]) => [path, new TextDecoder().decode(bytes)] as const,
  );
  return Object.fromEntries(texts);
}

test("each signal has its file", async () => {
  const ha = await FakeHa.up();
  assert.deepEqual(Object.keys(await after(ha, "SIGUSR1")), ["/tmp/d"]);
  assert.deepEqual(Object.keys(await after(ha, "SIGUSR2")), ["/tmp/s"]);
  assert.deepEqual(Object.keys(await after(ha, "SIGRTMIN+2")), ["/tmp/j"]);
  assert.deepEqual(Object.keys(await after(ha, "SIGRTMAX-1")), ["/tmp/s"]);
  assert.deepEqual(Object.keys(await after(ha, "SIGUSR1", "SIGUSR2")), ["/tmp/d", "/tmp/s"]);
});

test("counters begin at zero when they are cleared, and again in another process", async () => {
  const ha = await FakeHa.up();
  const became = async (signal: DumpSignal): Promise<string | undefined> =>
    /Became master: (\d+)/.exec((await after(ha, signal))["/tmp/s"] ?? "")?.[1];
  ha.becameMaster = 3;
  assert.equal(await became("SIGUSR2"), "3");
  assert.equal(await became("SIGRTMAX-1"), "3");
  ha.becameMaster = 4;
  assert.equal(await became("SIGRTMAX-1"), "1");
  assert.equal(await became("SIGUSR2"), "0");
  ha.becameMaster = 2;
  assert.equal(await became("SIGUSR2"), "2");
});

test("who does not answer is dumped in its last state, and what cannot be written is told", async () => {
  const ha = await FakeHa.up();
  ha.states.clear();
  ha.ports.daemon.signals.get("SIGRTMIN+2")?.();
  await ha.ports.clock.pass(1000);
  for (let turn = 0; turn < 20; turn++) await ha.ports.clock.pass(0);
  const bytes = ha.ports.files.contents.get("/tmp/j") ?? assert.fail();
  const [{ data }] = JSON.parse(new TextDecoder().decode(bytes));
  assert.deepEqual([data.iname, data.state], ["VI_1", 2]);
  ha.ports.files.refuse = "ENOSPC";
  ha.ports.daemon.signals.get("SIGUSR1")?.();
  await ha.ports.clock.pass(1000);
  for (let turn = 0; turn < 20; turn++) await ha.ports.clock.pass(0);
  const told = ha.events.map((event) => JSON.stringify(event));
  assert.ok(
    told.some((event) => /"trouble".*\/tmp\/d/.test(event)),
    told.at(-1),
  );
});
