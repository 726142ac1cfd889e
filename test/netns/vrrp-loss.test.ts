/** Somebody on the master's host takes its address away: what a client and the peers see of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startPair, startRouter } from "../support/router.ts";
import { VIPKIT } from "../support/vipkit.ts";
import { Witness } from "../support/witness.ts";

const skip = labMissing("tcpdump");

for (const [family, router] of Object.entries(FAST_ROUTERS)) {
  const vip = addressOf(router);
  const take = (host: Host) => host.run("ip", "address", "del", router.vip, "dev", "eth0");

  test(`${family}: an address that is taken away is back before a client notices, and no peer does`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const { master } = await startPair([a, b], router);
    const witness = await Witness.open(client, "not tcp");
    const probe = await Probe.open(client, vip);

    for (let n = 0; n < 8; n++) {
      await take(a);
      await probe.answer();
      await witness.nextAdvert(a, 200);
    }
    await probe.asks(20);
    await probe.close();
    const { asked, answered } = probe.account();
    assert.ok(asked - answered <= 8, `${asked - answered} of ${asked} questions without an answer`);
    const resigned = witness.frames.filter(({ text }) => text.includes("prio 0,"));
    assert.deepEqual(resigned, [], "nobody resigned");
    assert.match(master.program.lines.all.join("\n"), / was taken away: put back/);
    const program = a.spawn(process.execPath, VIPKIT, "vrrp", "status", "a", "-j");
    await program.ended;
    const { counters } = JSON.parse(program.lines.all.join(""));
    // Where the lease was due just then, its renewal put the address back before the loss was seen.
    const restored: number = counters.addresses_restored;
    assert.ok(restored >= 1 && restored <= 8, `${restored} of 8 losses were seen`);
  });

  test(`${family}: one that is taken in a loop is left to the peer, and the culprit is named`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const { master, backup } = await startPair([a, b], { ...router, more: ["-v"] }, router);
    const probe = await Probe.open(client, vip);
    // Copies of sleep: a process is known by the name of its file.
    for (const [host, name] of [
      [a, "dhclient"],
      [b, "dhcpcd"],
    ] as const) {
      await host.run("sh", "-euc", `cp "$(command -v sleep)" /run/${name}`);
      const suspect = host.spawn(`/run/${name}`, "100");
      assert.ok(suspect.running);
    }
    const loop = a.spawn(
      "sh",
      "-c",
      `while sleep 0.01; do ip address del ${router.vip} dev eth0; done 2>/dev/null`,
    );
    const transition = await master.becomes("FAULT");
    assert.match(transition, /cause=addresses-taken address=\S+ times=11 within=/);
    await backup.becomes("MASTER");
    await probe.answer();
    const blame = /perhaps by dhclient \(pid \d+\): .* eth0/;
    const { lines } = master.program;
    if (!lines.all.some((line) => blame.test(line))) await lines.next(blame);
    assert.doesNotMatch(lines.all.join("\n"), /dhcpcd/, "that one runs on another host");
    await loop.destroy();
    const history = a.spawn(process.execPath, VIPKIT, "vrrp", "history", "a", "-j");
    await history.ended;
    const { transitions } = JSON.parse(history.lines.all.join(""));
    assert.deepEqual(transitions.at(-1).suspects, ["dhclient"]);
    assert.equal(await a.holds(vip), false);
    await probe.close();
  });
}

test("to release at the first loss is to hand over, and to leave the weaker one in place", {
  skip,
}, async () => {
  const router = FAST_ROUTERS.IPv4;
  await using lan = await Lan.open("a", "b", "client");
  const { a, b, client } = lan.hosts;
  const more = ["--on-loss", "release"];
  const { master, backup } = await startPair([a, b], { ...router, more }, router);
  const witness = await Witness.open(client, "vrrp");
  await a.run("ip", "address", "del", router.vip, "dev", "eth0");
  assert.match(await master.becomes("BACKUP"), /cause=addresses-taken address=\S+ times=1/);
  await witness.nextAdvert(a, 0);
  await backup.becomes("MASTER");
  for (let n = 0; n < 10; n++) await witness.nextAdvert(b, 100);
  assert.equal(await a.holds(addressOf(router)), false);
});

test("twenty addresses that are flushed one after the other are one loss of each", {
  skip,
}, async () => {
  const router = FAST_ROUTERS.IPv4;
  const others = Array.from({ length: 19 }, (_, n) => `10.0.0.${101 + n}/24`);
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const more = [...others.flatMap((vip) => ["--vip", vip]), "--loss-limit", "2"];
  const master = startRouter("vipkit", a, { ...router, priority: 200, more });
  await master.becomes("MASTER");
  const deletions = [router.vip, ...others].map((vip) => `address del ${vip} dev eth0\n`);
  await a.run("sh", "-euc", `printf '${deletions.join("")}' | ip -b -`);
  await master.program.lines.next(/was taken away: put back/);
  const areThere = async () => (await a.holds("10.0.0.119")) && (await a.holds("10.0.0.100"));
  for (let looks = 0; looks < 100 && !(await areThere()); looks++);
  assert.equal(await areThere(), true);
  assert.doesNotMatch(master.program.lines.all.join("\n"), /FAULT/);
});
