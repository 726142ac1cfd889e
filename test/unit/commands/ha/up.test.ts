import assert from "node:assert/strict";
import test from "node:test";
import { FakeHa } from "../../../support/fake-ha.ts";

test("where one runs already a second is refused, and told who that is: exit 2", async () => {
  const ha = await FakeHa.up();
  ha.ports.claims.add("ha/ha");
  const { exitCode, stderr } = await ha.run("up", "-f", "other.conf");
  assert.equal(exitCode, 2);
  assert.match(stderr, /process 4711 runs \/etc\/ha\.conf here/);
  assert.equal(ha.children.all.length, 2);
});
