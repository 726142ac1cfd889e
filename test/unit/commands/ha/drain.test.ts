import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeHa } from "../../../support/fake-ha.ts";
import { lvsPlan, plannedServer, plannedService } from "../../../support/lvs-plan.ts";

const LVS = lvsPlan([plannedService({ servers: [plannedServer(81), plannedServer(82)] })]);

test("all ports of a host are drained by weight 0, and have their weights again", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  const { exitCode, stdout } = await ha.run("drain", "10.0.1.1");
  assert.equal(exitCode, 0);
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "[10.0.1.1]:tcp:81 of [10.0.0.1]:tcp:80 has weight 0 by hand, and is drained",
    "[10.0.1.1]:tcp:82 of [10.0.0.1]:tcp:80 has weight 0 by hand, and is drained",
  ]);
  const heard = () => ha.children.of("checkers").heard.at(-1);
  const { key: service } = plannedService();
  assert.deepEqual(heard(), {
    kind: "weights",
    weights: [81, 82].map((port) => ({
      ...{ service, server: `[10.0.1.1]:tcp:${port}`, weight: 0 },
    })),
  });
  await ha.run("drain", "10.0.1.1", "--undo");
  assert.deepEqual(heard(), { kind: "weights", weights: [] });
});
