import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeScreen } from "../../../support/fake-screen.ts";

/** A running `ha up`, and `ha top` on a screen that has been drawn. */
async function topOf(ha: FakeHa) {
  const screen = new FakeScreen();
  const stop = new AbortController();
  Object.assign(ha.ports, { openScreen: screen.openScreen });
  const ran = runInProcess(["ha", "top"], { ports: ha.ports, stop });
  await ha.followed();
  await ha.ports.clock.pass(10);
  return { screen, stop, ran };
}

test("it shows routers, groups, trackers and processes, follows what happens, and q ends it", async () => {
  const ha = await FakeHa.up();
  const { screen, ran } = await topOf(ha);
  const text = (): string => screen.lines.join("\n");
  assert.match(text(), /^\/etc\/ha\.conf {2}process 4711, up 0s$/m);
  assert.match(text(), /^VI_1 +MASTER +5s +90 +here +1\/1 +eth0 51$/m);
  assert.match(text(), /^group VG {2}MASTER {2}VI_1, VI_2$/m);
  assert.match(text(), /^script chk {2}down$/m);
  assert.match(text(), /^vrrp +100 +beat .*, 0 restarts/m);
  assert.equal(screen.lines.length, 24);

  await ha.run("failover", "VI_3");
  await ha.ports.clock.pass(150);
  assert.match(text(), /^VI_3 +BACKUP/m);
  assert.match(text(), /^\d\d:\d\d:\d\d VI_3: transition master -> backup$/m);
  screen.press("q");
  assert.equal((await ran).exitCode, 0);
  assert.equal(screen.isOpen, false);
});

test("what has no room is scrolled to, and a resize draws it anew", async () => {
  const ha = await FakeHa.up();
  const { screen, stop, ran } = await topOf(ha);
  screen.resize(40, 8);
  const list = (): string | undefined => screen.lines[3]?.split(" ")[0];
  assert.equal(screen.lines.length, 8);
  assert.ok(screen.lines.every((line) => line.length <= 40));
  assert.equal(list(), "VI_1");
  screen.press("j\x1b[B");
  assert.equal(list(), "VI_3");
  screen.press("\x1b[F");
  assert.equal(screen.lines[3], "script chk  down");
  screen.press("k");
  assert.match(screen.lines[3] ?? "", /^group VG/);
  screen.press("g");
  assert.equal(list(), "VI_1");
  screen.resize(10, 2);
  assert.equal(screen.lines.length, 2);
  stop.abort();
  assert.equal((await ran).exitCode, 0);
  assert.equal(screen.isOpen, false);
});

test("maintenance stands in the head, and routers that do not answer are told", async () => {
  const ha = await FakeHa.up();
  await ha.run("maintenance", "on", "--reason", "new kernel");
  ha.states.delete("VI_3");
  const { screen, stop, ran } = await topOf(ha);
  await ha.ports.clock.pass(1000);
  assert.match(screen.lines[1] ?? "", /^maintenance since .*: new kernel$/);
  assert.match(screen.lines.join("\n"), /^VI_3 {2}does not answer$/m);
  stop.abort();
  await ran;
});

test("the end of ha up ends it, exit 1", async () => {
  const ha = await FakeHa.up();
  const { screen, ran } = await topOf(ha);
  await ha.run("down");
  await ha.ports.clock.pass(1000);
  const { exitCode, stderr } = await ran;
  assert.deepEqual([exitCode, stderr, screen.isOpen], [1, "ha up has ended\n", false]);
});

test("without a terminal, or without ha up: exit 2, and the terminal is given back", async () => {
  const ha = await FakeHa.up();
  const ran = await ha.run("top");
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stderr, /is for a terminal: see ha status --watch/);
  const screen = new FakeScreen();
  const ports = Object.assign(new FakePorts(), { openScreen: screen.openScreen });
  assert.equal((await runInProcess(["ha", "top"], { ports })).exitCode, 2);
  assert.equal(screen.isOpen, false);
});
