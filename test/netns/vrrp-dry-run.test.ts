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

test("rests of another run, programs that are not there and an owner that cannot be heard are told", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const before = startRouter("vipkit", a, {
    ...ROUTER,
    vip: "10.0.0.101/32",
    more: ["--lease", "off"],
  });
  await before.becomes("MASTER");
  await before.kill();
  const route = ["10.9.0.0/16", "dev", "eth0", "table", "100", "proto", "112"];
  await a.run("ip", "route", "add", ...route);
  await a.run("ip", "rule", "add", "table", "100", "priority", "99", "protocol", "112");
  await a.run("ip", "address", "del", `${a.ipv4}/24`, "dev", "eth0");
  await a.run("ip", "address", "add", ROUTER.vip, "dev", "eth0");
  const owner = { ...ROUTER, priority: 255, more: ["--on-master", "/nonexistent"] };
  const line = [...commandLine(owner), "--dry-run", "--record", "/proc/foo"];
  const program = a.spawn(process.execPath, VIPKIT, "vrrp", "run", ...line);
  assert.equal((await program.ended).code, 2);
  const text = program.lines.all.join("\n");
  const remedies = [...text.matchAll(/of none here: (.*)/g)].map(([, remedy = ""]) => remedy);
  assert.match(text, /would be refused: mkdir \/proc\/foo/);
  assert.match(text, /--on-master \/nonexistent: there is no such program/);
  assert.deepEqual(remedies, [
    "vipkit vip del 10.0.0.101/32 -I eth0",
    "ip -4 route del 10.9.0.0/16 table 100 metric 0 proto 112",
    "ip -4 rule del priority 99 protocol 112",
  ]);
  for (const remedy of remedies.slice(1)) await a.run(...remedy.split(" "));
  await a.run(process.execPath, VIPKIT, ...(remedies[0] as string).split(" ").slice(1));

  const lonely = startRouter("vipkit", a, { ...owner, vip: ROUTER.vip });
  await lonely.program.lines.next(/--on-master \/nonexistent: there is no such program/);
  await lonely.program.lines.next(/adverts leave from 10\.0\.0\.100, and a peer that holds it/);
  await lonely.becomes("MASTER");
  assert.doesNotMatch(lonely.program.lines.all.join("\n"), /of none here/);
});
