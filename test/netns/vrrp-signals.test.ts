/** What signals do to `vrrp run` while a hook of the user's hangs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";

const skip = labMissing();
const ROUTER = FAST_ROUTERS.IPv4;
const HANGING = ["--on-master", "sh -c 'echo hook $$; sleep 600; true'"];

for (const [when, polite] of [
  ["asked to hand over", false],
  ["waiting for a hook at its end", true],
] as const) {
  test(`a second signal while it is ${when} kills the hook that runs and runs the last one`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const more = [...HANGING, "--on-stop", "sh -c 'echo last hook $VIPKIT_STATE'"];
    const { program } = startRouter("vipkit", a, { ...ROUTER, priority: 100, more });
    const [, pid] = await program.lines.next(/hook (\d+)/);
    program.signal("SIGTERM");
    if (polite) await program.lines.next(/MASTER -> INIT/);
    program.signal("SIGINT");
    await program.lines.next(/last hook STOP/);
    assert.ok([130, 143].includes((await program.ended).code ?? 0)); // which one came first
    assert.equal(await a.holds(addressOf(ROUTER)), false);
    assert.throws(() => process.kill(Number(pid), 0), { code: "ESRCH" });
  });
}

test("a third signal waits for no hook", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const more = ["--on-stop", "sh -c 'echo last hook; exec sleep 3'"];
  const { program } = startRouter("vipkit", a, { ...ROUTER, priority: 100, more });
  await program.lines.next(/-> MASTER/);
  for (const signal of ["SIGTERM", "SIGINT"] as const) program.signal(signal);
  await program.lines.next(/last hook/);
  program.signal("SIGQUIT");
  assert.deepEqual(await program.ended, { code: 131, signal: null });
  assert.equal(await a.holds(addressOf(ROUTER)), false);
});
