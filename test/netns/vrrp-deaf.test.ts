/** A router serves its segment whether or not anybody reads what it says, and whatever is signalled. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lan, labMissing } from "../support/netns.ts";
import { addressOf, FAST_ROUTERS } from "../support/router.ts";
import { commandLine, VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");
const ROUTER = FAST_ROUTERS.IPv4;
const RUN = [process.execPath, VIPKIT, "vrrp", "run", "--name", "deaf"];

for (const [what, redirection] of [
  ["its log is on a full disk", ">/dev/full"],
  ["the reader of its log is gone", "| true"],
] as const) {
  test(`a router takes over although ${what}`, { skip }, async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const witness = await Witness.open(b, "vrrp");
    const words = [...RUN, ...commandLine({ ...ROUTER, priority: 100 })].join(" ");
    const router = a.spawn("sh", "-c", `${words} ${redirection}`);
    await witness.nextAdvert(a, 100);
    await witness.nextAdvert(a, 100);
    assert.equal(await a.holds(addressOf(ROUTER)), true);
    assert.equal(router.running, true);
  });
}

test("signals that ask other daemons for data do not end a master", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const witness = await Witness.open(b, "vrrp");
  const router = a.spawn(...RUN, ...commandLine({ ...ROUTER, priority: 100 }));
  await router.lines.next(/-> MASTER/);
  for (const name of ["SIGUSR1", "SIGUSR2", "SIGALRM"] as const) router.signal(name);
  for (let adverts = 0; adverts < 3; adverts++) await witness.nextAdvert(a, 100);
  assert.equal(router.running, true);
  assert.equal(
    router.lines.all.some((line) => line.includes("Debugger")),
    false,
  );
  router.signal("SIGQUIT"); // a polite end
  await witness.nextAdvert(a, 0);
  assert.equal((await router.ended).code, 0);
});
