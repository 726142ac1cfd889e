import assert from "node:assert/strict";
import { test } from "node:test";
import { watchKernel } from "../../../../src/app/vrrp/kernel-watch.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { RTM, RTNL_GROUPS } from "../../../../src/core/netlink/rtnl.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

/** Of links alone; reading fails while `refusal` says how. */
function watched() {
  const ports = new FakePorts();
  const told: string[] = [];
  const state = { refusal: undefined as Error | undefined };
  const watch = watchKernel(ports, {
    groups: [RTNL_GROUPS.link, RTNL_GROUPS.ip4Address],
    concerns: ({ type }) => type === RTM.newLink,
    read: () => {
      told.push("read");
      if (state.refusal !== undefined) throw state.refusal;
    },
    onTrouble: ({ code }) => told.push(code),
  });
  const toldIn = async (ms = 0): Promise<string[]> => {
    await ports.clock.pass(ms);
    return told.splice(0);
  };
  return { ports, kernel: ports.kernel, watch, state, toldIn };
}

test("only what concerns it has it read, and what was lost may have", async () => {
  const { kernel, toldIn } = watched();
  kernel.addAddress("10.0.0.7/24");
  assert.deepEqual(await toldIn(), []);
  kernel.loseNotifications();
  assert.deepEqual(await toldIn(), ["read"]);
});

test("a reading that is asked for fails like any other: told, and tried again until it is closed", async () => {
  const { ports, watch, state, toldIn } = watched();
  state.refusal = new SystemError("socket", "eth0", "EMFILE");
  watch.readNow();
  assert.deepEqual(await toldIn(999), ["read", "EMFILE"]);
  watch.readNow(); // one retry at a time
  assert.deepEqual(await toldIn(1000), ["read", "EMFILE", "read", "EMFILE"]);
  watch.close();
  watch.readNow();
  assert.deepEqual([await toldIn(), ports.clock.pending], [[], 0]);
});

test("a bug of ours is no trouble of the kernel's", () => {
  const { watch, state } = watched();
  state.refusal = new TypeError("ours");
  assert.throws(() => watch.readNow(), TypeError);
});
