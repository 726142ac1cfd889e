import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { serviceAt } from "../../../support/ipvs.ts";

async function watched(words: readonly string[]): Promise<string> {
  const ports = new FakePorts();
  const stop = new AbortController();
  const running = runInProcess(["ipvs", "watch", ...words], { ports, stop });
  while (ports.clock.pending === 0) await ports.clock.pass(1); // until it has looked once
  ports.ipvs.add(serviceAt("tcp 192.0.2.9:25"));
  await ports.clock.pass(1000);
  stop.abort();
  return (await running).stdout;
}

test("each change is a line with its time, or a record", async () => {
  assert.match(
    await watched([]),
    /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}\+ tcp 192\.0\.2\.9:25 {2}scheduler wlc\n$/,
  );
  const { time, step, service } = JSON.parse(await watched(["-j"]));
  assert.deepEqual([typeof time, step, service], ["string", "add", "tcp 192.0.2.9:25"]);
});

test("an interval that would keep the kernel busy is refused", async () => {
  const ran = await runInProcess(["ipvs", "watch", "--interval", "10ms"], {
    ports: new FakePorts(),
  });
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stderr, /100ms at least/);
});
