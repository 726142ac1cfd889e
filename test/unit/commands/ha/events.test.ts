import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeHa } from "../../../support/fake-ha.ts";

test("the status comes first, then every event of routers, trackers, children and maintenance", async () => {
  const ha = await FakeHa.up();
  const stop = new AbortController();
  const ran = runInProcess(["ha", "events"], { ports: ha.ports, stop });
  const news = [{ kind: "script", name: "chk", state: "down" }];
  await ha.followed();
  ha.children.of("checkers").says({ kind: "tracked", news });
  ha.children.of("vrrp").says({ kind: "trouble", text: "x" });
  await ha.run("failover", "VI_3");
  await ha.run("maintenance", "on");
  stop.abort();
  const { exitCode, stdout } = await ran;
  const lines = stdout.trimEnd().split("\n");
  const [status, ...events] = lines.map((line) => JSON.parse(line));
  assert.deepEqual([exitCode, status.type, status.instances.length], [0, "status", 3]);
  assert.deepEqual(
    events.map(({ type, instance, name, role }) => [type, instance ?? name ?? role]),
    [
      ["tracked", "chk"],
      ["trouble", "vrrp"],
      ["transition", "VI_3"],
      ["maintenance", undefined],
      ["transition", "VI_1"],
      ["transition", "VI_2"],
    ],
  );
  const seqs = events.map(({ seq }) => seq);
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => seqs[0] + index),
  );
});

test("the end of ha up ends it, exit 1; nobody there is 2", async () => {
  const ha = await FakeHa.up();
  const ran = ha.run("events");
  await ha.followed();
  await ha.run("down");
  assert.equal((await ran).exitCode, 1);
  assert.equal((await ha.run("events")).exitCode, 2);
});

test("each router has a socket as that of vrrp run, but for its priority", async () => {
  const ha = await FakeHa.up();
  const run = (...words: string[]) => runInProcess(["vrrp", ...words], { ports: ha.ports });
  assert.match((await run("failover", "VI_3")).stdout, /handed over to 10\.0\.0\.2/);
  const stop = new AbortController();
  const watch = runInProcess(["vrrp", "watch", "VI_2"], { ports: ha.ports, stop });
  await ha.followed();
  await ha.run("failover", "VI_2");
  stop.abort();
  const types = (await watch).stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).type);
  assert.deepEqual(types, ["status", "transition"]);
});
