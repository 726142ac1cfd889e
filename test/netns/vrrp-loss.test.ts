/** Somebody on the master's host takes its address away: what a client and the peers see of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Probe } from "../support/probe.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";
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
    const master = startRouter("vipkit", a, { ...router, priority: 200 });
    await master.becomes("MASTER");
    const backup = startRouter("vipkit", b, { ...router, priority: 100 });
    await backup.becomes("BACKUP");
    const witness = await Witness.open(client, "not tcp");
    const probe = await Probe.open(client, vip);

    for (let n = 0; n < 8; n++) {
      await take(a);
      await probe.answer();
      await witness.nextAdvert(a, 200);
    }
    await probe.asks(20);
    await probe.close();
    assert.ok(probe.account().longestGapMs < 100, `${probe.account().longestGapMs} ms`);
    const resigned = witness.frames.filter(({ text }) => text.includes("prio 0,"));
    assert.deepEqual(resigned, [], "nobody resigned");
    assert.match(master.program.lines.all.join("\n"), /a virtual address was taken away: put back/);
    const program = a.spawn(process.execPath, VIPKIT, "vrrp", "status", "a", "-j");
    await program.ended;
    const { counters } = JSON.parse(program.lines.all.join(""));
    assert.equal(counters.addresses_restored, 8);
  });

  test(`${family}: one that is taken in a loop is left to the peer, and the culprit is named`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b", "client");
    const { a, b, client } = lan.hosts;
    const master = startRouter("vipkit", a, { ...router, priority: 200, more: ["-v"] });
    await master.becomes("MASTER");
    const backup = startRouter("vipkit", b, { ...router, priority: 100 });
    await backup.becomes("BACKUP");
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
    assert.match(transition, /cause=addresses-taken times=11 within=/);
    await backup.becomes("MASTER");
    await probe.answer();
    const told = master.program.lines.all.join("\n");
    assert.match(told, /perhaps by dhclient \(pid \d+\): .* eth0/);
    assert.doesNotMatch(told, /dhcpcd/, "that one runs on another host");
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
  const master = startRouter("vipkit", a, { ...router, priority: 200, more });
  await master.becomes("MASTER");
  const backup = startRouter("vipkit", b, { ...router, priority: 100 });
  await backup.becomes("BACKUP");
  const witness = await Witness.open(client, "vrrp");
  await a.run("ip", "address", "del", router.vip, "dev", "eth0");
  assert.match(await master.becomes("BACKUP"), /cause=addresses-taken times=1/);
  await witness.nextAdvert(a, 0);
  await backup.becomes("MASTER");
  for (let n = 0; n < 10; n++) await witness.nextAdvert(b, 100);
  assert.equal(await a.holds(addressOf(router)), false);
});
