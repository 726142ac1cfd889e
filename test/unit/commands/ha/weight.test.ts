import assert from "node:assert/strict";
import { test } from "node:test";
import type { HandWeight } from "../../../../src/app/ha/up/servers/hand-weights.ts";
import { FakeHa } from "../../../support/fake-ha.ts";
import { haPlan } from "../../../support/ha-plan.ts";
import { lvsPlan, plannedServer, plannedService } from "../../../support/lvs-plan.ts";

const LVS = lvsPlan([plannedService({ servers: [plannedServer(81), plannedServer(82)] })]);
const [server, service] = ["[10.0.1.1]:tcp:81", "[10.0.0.1]:tcp:80"];

/** What the newest process of the checks was told last. */
function weightsTold(ha: FakeHa): readonly HandWeight[] | undefined {
  const heard = ha.children.of("checkers").heard as { readonly weights?: readonly HandWeight[] }[];
  return heard.findLast((message) => "weights" in message)?.weights;
}

const byHand = (weight: number) => [{ service: plannedService().key, server, weight }];

test("the process of the checks hears it, and one that follows it; it is told, and undone", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  const { exitCode, stdout } = await ha.run("weight", "10.0.1.1:81", "7");
  assert.deepEqual([exitCode, stdout], [0, `${server} of ${service} has weight 7 by hand\n`]);
  assert.deepEqual(weightsTold(ha), byHand(7));
  const told = ha.events.find(({ kind }) => kind === "server");
  assert.deepEqual(told, {
    kind: "server",
    event: { type: "hand-weight", service, server, weight: 7 },
  });
  const first = ha.children.of("checkers");
  first.ends("SIGKILL");
  await ha.ports.clock.pass(0);
  assert.notEqual(ha.children.of("checkers"), first);
  assert.deepEqual(weightsTold(ha), byHand(7));
  const undone = await ha.run("weight", "10.0.1.1:81", "--undo");
  assert.match(undone.stdout, /has its own weight again$/m);
  assert.deepEqual(weightsTold(ha), []);
});

test("it outlives a reload while the file has the server", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  await ha.run("weight", "10.0.1.1:81", "7");
  const reload = async (servers: readonly ReturnType<typeof plannedServer>[]): Promise<void> => {
    const plan = haPlan({ lvs: lvsPlan([plannedService({ servers })]) });
    ha.read = async () => ({ kind: "plan", plan, files: [], errors: [] });
    await ha.run("reload");
  };
  await reload([plannedServer(81)]);
  assert.deepEqual(weightsTold(ha), byHand(7));
  await reload([plannedServer(82)]);
  assert.deepEqual(weightsTold(ha), []);
});

test("where no virtual server has it that is a no", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  const { exitCode, stderr } = await ha.run("weight", "10.0.1.9", "7");
  assert.deepEqual([exitCode, stderr], [1, "no virtual server of ha up has 10.0.1.9\n"]);
});

test("with -j it is one object", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  const { stdout } = await ha.run("weight", "10.0.1.1:81", "7", "-j");
  assert.deepEqual(JSON.parse(stdout), { weight: 7, servers: [{ server, service }] });
});

test("a weight and --undo are one too many, and neither is too little: exit 2", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  for (const words of [["7", "--undo"], []]) {
    const { exitCode } = await ha.run("weight", "10.0.1.1", ...words);
    assert.equal(exitCode, 2);
  }
});

test("what IPVS has no weight for comes to no process, whoever asks", async () => {
  const ha = await FakeHa.up(undefined, { lvs: LVS });
  for (const weight of [2 ** 31, -1, 1.5, "7"]) {
    const request = { request: "weigh", server: "10.0.1.1:81", weight };
    const answer = JSON.parse(await ha.ports.control.ask("ha", JSON.stringify(request)));
    assert.deepEqual(answer, { error: "names no server and no weight" });
  }
  assert.deepEqual(weightsTold(ha), []);
});
