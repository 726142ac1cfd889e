import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeHa } from "../../../../../support/fake-ha.ts";

test("it is started only where something is shown, told to serve, and ends after the routers", async () => {
  assert.equal((await FakeHa.up()).children.all.length, 2);
  const ha = await FakeHa.up(undefined, { isShown: true });
  const web = ha.children.of("web");
  assert.deepEqual(web.heard, [{ kind: "serve" }]);
  const down = ha.run("down");
  await ha.ended;
  await down;
  assert.deepEqual(web.heard.at(-1), { kind: "end" });
});

test("one that is slow for a second is left alone, one that hangs is replaced", async () => {
  const ha = await FakeHa.up(undefined, { isShown: true });
  const { clock } = ha.ports;
  const web = ha.children.of("web");
  web.says({ kind: "beat", lateMs: 0 });
  await clock.pass(2000);
  assert.equal(web.isKilled, false);
  web.ends("SIGKILL");
  await clock.pass(0);
  assert.notEqual(ha.children.of("web"), web);
});

test("what it cannot do is told as its own trouble", async () => {
  const ha = await FakeHa.up(undefined, { isShown: true });
  ha.children.of("web").says({ kind: "trouble", text: "the port is taken" });
  const told = { kind: "trouble", role: "web", text: "the port is taken" };
  assert.deepEqual(ha.events.at(-1), told);
});
