/** `vrrp run --dry-run` on the real kernel: what stands in the way of a run is found, and left alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startRouter } from "../support/router.ts";
import { commandLine, VIPKIT } from "../support/vipkit.ts";

const skip = labMissing();
const ROUTER = { ...FAST_ROUTERS.IPv4, priority: 100 };

async function rehearse(host: Host, vip: string, ...prefix: string[]) {
  const line = [...commandLine({ ...ROUTER, vip }), "--dry-run"];
  const program = host.spawn(...prefix, process.execPath, VIPKIT, "vrrp", "run", ...line);
  const { code } = await program.ended;
  return { code, notes: program.lines.all.filter((text) => text.includes("would be refused")) };
}

test("a dry run finds want of permission, a running router and a foreign use of the VRID", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  assert.deepEqual(await rehearse(b, ROUTER.vip), { code: 0, notes: [] });

  const without = ["setpriv", "--bounding-set=-net_admin,-net_raw"];
  const { code, notes } = await rehearse(b, ROUTER.vip, ...without);
  assert.equal(code, 2);
  assert.deepEqual(
    notes.map((note) => /needs (CAP_\w+)/.exec(note)?.[1]),
    ["CAP_NET_ADMIN", "CAP_NET_RAW"],
  );

  const router = startRouter("vipkit", a, ROUTER);
  await router.becomes("MASTER");
  const beside = await rehearse(a, ROUTER.vip);
  assert.equal(beside.code, 2);
  assert.match(beside.notes[0] ?? "", /another process runs this virtual router here/);

  const foreign = await rehearse(b, "10.0.0.99/24");
  assert.equal(foreign.code, 2);
  assert.match(foreign.notes[0] ?? "", /VRID 51 on eth0 is in use: 10\.0\.0\.1 advertises/);
  assert.deepEqual([router.program.running, await a.holds("10.0.0.100")], [true, true]);
});
