import assert from "node:assert/strict";
import { test } from "node:test";
import { changeHook } from "../../../../src/app/check/change-hook.ts";
import type { ProgramOptions } from "../../../../src/io/ports.ts";
import { down } from "../../../../src/proto/check/result.ts";
import { bad, good, resultOf } from "../../../support/checks.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const change = (
  from: "up" | "down" | "unknown",
  to: "up" | "down",
  outageMs: number | null = null,
) => ({
  from,
  to,
  lastedMs: 1500,
  outageMs,
});

test("it is told in its environment what has changed, without more arguments", async () => {
  const ports = new FakePorts();
  const hook = changeHook(["/bin/tell", "-x"], "tcp", 1, ports, () => {});
  const evil = down("L7RSP", "a\0b\nc");
  hook.follow(
    "web:80",
    resultOf(evil, { phase: "answer", address: "192.0.2.5" }),
    change("up", "down"),
  );
  hook.follow("web:80", resultOf(good), change("down", "up", 1500));
  await hook.drained();
  const [first, second] = ports.programs as [ProgramOptions, ProgramOptions];
  assert.deepEqual(first.argv, ["/bin/tell", "-x"]);
  assert.deepEqual(first.environment, {
    VIPKIT_KIND: "tcp",
    VIPKIT_TARGET: "web:80",
    VIPKIT_STATE: "DOWN",
    VIPKIT_FROM: "UP",
    VIPKIT_CLASS: "L7RSP",
    VIPKIT_PHASE: "answer",
    VIPKIT_DETAIL: "a\\x00b\\nc",
    VIPKIT_ADDRESS: "192.0.2.5",
    VIPKIT_LASTED_SECONDS: "1.500",
    VIPKIT_OUTAGE_SECONDS: "",
  });
  assert.equal(second.environment.VIPKIT_OUTAGE_SECONDS, "1.500");
});

test("a target that is up from the beginning has not changed; one that is down has", async () => {
  const ports = new FakePorts();
  const hook = changeHook(["/bin/tell"], "tcp", 2, ports, () => {});
  hook.follow("a:1", resultOf(good), change("unknown", "up"));
  hook.follow("b:1", resultOf(bad), change("unknown", "down"));
  hook.follow("a:1", resultOf(bad), change("up", "down"));
  await hook.drained();
  assert.deepEqual(
    ports.programs.map(({ environment }) => environment.VIPKIT_TARGET),
    ["b:1", "a:1"],
  );
});

test("where many targets change at once, each is told", async () => {
  const ports = new FakePorts();
  const troubles: string[] = [];
  const hook = changeHook(["/bin/tell"], "tcp", 500, ports, (line) => troubles.push(line));
  for (let n = 0; n < 500; n++) hook.follow(`${n}`, resultOf(bad), change("unknown", "down"));
  await hook.drained();
  assert.equal(ports.programs.length, 500);
  assert.deepEqual(troubles, []);
});
