import assert from "node:assert/strict";
import { test } from "node:test";
import type { VrrpConflictEvent, VrrpTransition } from "../../../../src/app/vrrp/events.ts";
import { type VrrpHooks, vrrpHookRunner } from "../../../../src/app/vrrp/hooks.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { CALM, vrrpInstance } from "../../../support/vrrp.ts";

const transition = (from: VrrpTransition["from"], to: VrrpTransition["to"]): VrrpTransition => ({
  type: "transition",
  from,
  to,
  priority: 100,
  cause: { kind: "stopped" },
  circumstances: CALM,
});

async function programsAfter(hooks: VrrpHooks, ...events: (VrrpTransition | VrrpConflictEvent)[]) {
  const ports = new FakePorts();
  const runner = vrrpHookRunner(hooks, vrrpInstance(), ports, assert.fail);
  for (const event of events) runner.follow(event);
  await runner.drained();
  return ports.programs;
}

test("a hook gets its own words, then INSTANCE NAME STATE PRIORITY as keepalived gives them", async () => {
  const hooks = { master: ["/bin/notify", "--loud"], stop: ["/bin/stop"] };
  const programs = await programsAfter(
    hooks,
    transition("backup", "master"),
    transition("master", "init"),
  );
  assert.deepEqual(
    programs.map(({ argv }) => argv),
    [
      ["/bin/notify", "--loud", "INSTANCE", "VI_1", "MASTER", "100"],
      ["/bin/stop", "INSTANCE", "VI_1", "STOP", "100"],
    ],
  );
});

test("the environment says which router it is and what happened", async () => {
  const [program] = await programsAfter({ stop: ["/bin/x"] }, transition("master", "init"));
  assert.deepEqual(program?.environment, {
    VIPKIT_INSTANCE: "VI_1",
    VIPKIT_INTERFACE: "eth0",
    VIPKIT_VRID: "51",
    VIPKIT_FAMILY: "ipv4",
    VIPKIT_STATE: "STOP",
    VIPKIT_FROM: "MASTER",
    VIPKIT_CAUSE: "stopped",
    VIPKIT_PRIORITY: "100",
    VIPKIT_VIPS: "10.0.0.100/24",
  });
});

test("a conflict runs a hook of its own alone, with both MAC addresses", async () => {
  const conflict = {
    kind: "address-conflict",
    vip: "10.0.0.100",
    source: null,
    mac: "02:00:00:00:00:03",
    sinceMs: 1000,
    lastMs: 1500,
    count: 2,
  } as const;
  const ourMac = "02:00:00:00:00:01";
  const [begun, ended] = await programsAfter(
    { conflict: ["/bin/x"], change: ["/bin/y"] },
    { type: "conflict", state: "begun", conflict, ourMac, priority: 100 },
    { type: "conflict", state: "ended", conflict, ourMac, priority: 100 },
  );
  assert.deepEqual(begun?.argv, ["/bin/x", "INSTANCE", "VI_1", "CONFLICT", "100"]);
  assert.deepEqual(ended?.argv, ["/bin/x", "INSTANCE", "VI_1", "CONFLICT_ENDED", "100"]);
  assert.deepEqual(begun?.environment, {
    VIPKIT_INSTANCE: "VI_1",
    VIPKIT_INTERFACE: "eth0",
    VIPKIT_VRID: "51",
    VIPKIT_FAMILY: "ipv4",
    VIPKIT_PRIORITY: "100",
    VIPKIT_VIPS: "10.0.0.100/24",
    VIPKIT_STATE: "MASTER",
    VIPKIT_CONFLICT: "address-conflict",
    VIPKIT_CONFLICT_STATE: "BEGUN",
    VIPKIT_CONFLICT_VIP: "10.0.0.100",
    VIPKIT_CONFLICT_SOURCE: "",
    VIPKIT_CONFLICT_MAC: "02:00:00:00:00:03",
    VIPKIT_CONFLICT_OUR_MAC: "02:00:00:00:00:01",
  });
});

test("each state runs its own hook and then the one for every change, nothing where there is none", async () => {
  const programs = await programsAfter(
    { backup: ["backup"], fault: ["fault"], change: ["change"] },
    transition("init", "backup"),
    transition("backup", "fault"),
    transition("backup", "master"),
  );
  assert.deepEqual(
    programs.map(({ argv }) => `${argv[0]} ${argv[3]}`),
    ["backup BACKUP", "change BACKUP", "fault FAULT", "change FAULT", "change MASTER"],
  );
});
