/** --no-accept on the real kernel: a router that others send through and never to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { PING, prepareRouter, reachOf } from "../support/reach.ts";
import { addressOf, FAST_ROUTERS, startRouter } from "../support/router.ts";
import { commandLine, VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("nft", "fping");
const tables = (host: Host) => host.run("nft", "list", "tables");

const ALL = {
  through: true,
  neighbour: true,
  pingVirtual: true,
  connectVirtual: true,
  pingOwn: true,
  connectOwn: true,
};

for (const family of [4, 6] as const) {
  const router = FAST_ROUTERS[`IPv${family}`];
  const virtual = addressOf(router);
  const table = `vipkit-eth0-51-ipv${family}`;

  test(`IPv${family}: what is for the virtual address is dropped, all else is as with --accept`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "client", "server");
    const { a, client, server } = lan.hosts;
    await prepareRouter(family, a, server);
    const own = family === 4 ? a.ipv4 : a.ipv6;
    const open = startRouter("vipkit", a, { ...router, priority: 200 });
    await open.becomes("MASTER");
    assert.deepEqual(await reachOf(family, client, { own, virtual }), ALL);
    await open.stop();

    const shut = startRouter("vipkit", a, { ...router, priority: 200, noAccept: true });
    await shut.becomes("MASTER");
    assert.deepEqual(await reachOf(family, client, { own, virtual }), {
      ...ALL,
      pingVirtual: false,
      connectVirtual: false,
    });
    await shut.stop();
    assert.equal(await tables(a), "");
  });

  test(`IPv${family}: the filter is there as BACKUP, survives a flush, and goes with a killed process`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a", "b");
    const { a, b } = lan.hosts;
    const master = startRouter("vipkit", b, { ...router, priority: 200 });
    await master.becomes("MASTER");
    assert.equal(await tables(b), "");
    const backup = startRouter("vipkit", a, { ...router, priority: 100, noAccept: true });
    await backup.becomes("BACKUP");
    assert.equal(await tables(a), `table inet ${table}`);
    assert.match(await a.run("nft", "list", "ruleset"), new RegExp(`daddr ${virtual} drop`));
    await a.run("nft", "flush", "ruleset");
    assert.equal(await tables(a), `table inet ${table}`);
    await backup.kill();
    assert.equal(await tables(a), "");
  });

  test(`IPv${family}: what a run on a kernel without owners left is replaced at the next start`, {
    skip,
  }, async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    await a.run("nft", `add table inet ${table}; add chain inet ${table} old`);
    const started = startRouter("vipkit", a, { ...router, priority: 100, noAccept: true });
    await started.becomes("BACKUP");
    assert.doesNotMatch(await a.run("nft", "list", "ruleset"), /old/);
  });

  test(`IPv${family}: a dry run tries the filter and leaves none`, { skip }, async () => {
    await using lan = await Lan.open("a");
    const { a } = lan.hosts;
    const options = { ...router, priority: 100, noAccept: true };
    const line = [...commandLine(options), "--dry-run", "--force"];
    const shown = await a.run(process.execPath, VIPKIT, "vrrp", "run", ...line);
    assert.match(shown, new RegExp(`table ${table}`));
    assert.doesNotMatch(shown, /refused/);
    assert.equal(await tables(a), "");
  });
}

test("a link-local virtual address is guarded on its own interface alone", { skip }, async () => {
  await using lan = await Lan.open("a", "client");
  const { a, client } = lan.hosts;
  const router = { ...FAST_ROUTERS.IPv6, vip: "fe80::100/64" };
  const shut = startRouter("vipkit", a, { ...router, priority: 200, noAccept: true });
  await shut.becomes("MASTER");
  await assert.rejects(client.run(...PING, "fe80::100%eth0"));
  assert.match(await client.run("ip", "neigh", "show", "fe80::100"), /lladdr/);
  await client.run(...PING, "fe80::1%eth0");
  await a.run("ip", "address", "add", "fe80::100/64", "dev", "lo", "nodad");
  await a.run(...PING, "fe80::100%lo");
});

test("an owner takes what is for its address, also with --strict", { skip }, async () => {
  await using lan = await Lan.open("a", "client");
  const { a, client } = lan.hosts;
  const strict = { ...FAST_ROUTERS.IPv4, more: ["--strict"] };
  const owner = startRouter("vipkit", a, { ...strict, priority: 255 });
  await owner.becomes("MASTER");
  await client.run(...PING, addressOf(strict));
  await owner.stop();
  const other = startRouter("vipkit", a, { ...strict, priority: 200 });
  await other.becomes("MASTER");
  await assert.rejects(client.run(...PING, addressOf(strict)));
});

test("without the right to filter packets the start is refused", { skip }, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const line = [VIPKIT, "vrrp", "run", "-I", "eth0", "--vrid", "51", "--vip", "10.0.0.100/24"];
  const bounds = "-net_admin";
  const drop = ["setpriv", "--bounding-set", bounds, "--inh-caps", bounds];
  const program = a.spawn(...drop, process.execPath, ...line, "--no-accept");
  await program.lines.next(/nftables rule add vipkit-eth0-51-ipv4: .*EPERM.*needs CAP_NET_ADMIN/);
  assert.equal((await program.ended).code, 2);
});
