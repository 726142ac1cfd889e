import assert from "node:assert/strict";
import test from "node:test";
import { SystemError } from "../../../../src/core/errors.ts";
import { FakeHa } from "../../../support/fake-ha.ts";

test("the routers end, then the checks, and the command when all has ended", async () => {
  const ha = await FakeHa.up();
  const { exitCode, stdout } = await ha.run("down");
  assert.deepEqual([exitCode, stdout], [0, "process 4711 has ended\n"]);
  await ha.ended;
  for (const child of ha.children.all) assert.deepEqual(child.heard.at(-1), { kind: "end" });
  assert.deepEqual(ha.ports.control.names(), []);
  assert.equal((await ha.run("down")).exitCode, 2);
});

test("a second one is refused by who runs, and nothing is started", async () => {
  const ha = await FakeHa.up();
  const { control } = ha.ports;
  const serve = control.serve.bind(control);
  control.serve = async (name, onRequest) => {
    if (control.served.has(name)) throw new SystemError("listen", name, "already-running");
    return await serve(name, onRequest);
  };
  const second = new FakeHa(ha.ports);
  await assert.rejects(second.ended, /process 4711 runs \/etc\/ha\.conf here/);
  assert.equal(second.children.all.length, 0);
  assert.equal((await ha.run("status", "-q")).exitCode, 0);
});
