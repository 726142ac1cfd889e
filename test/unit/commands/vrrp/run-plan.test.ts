import assert from "node:assert/strict";
import test from "node:test";
import { RUN_MANUAL } from "../../../../src/commands/vrrp/run-manual.ts";
import { dryRun, kernel } from "../../../support/dry-run.ts";
import { unnamedKeys } from "../../../support/manual.ts";

test("a dry run says what would be done and what peers may rely on", async () => {
  const { exitCode, stdout } = await dryRun("--vrid 51 --vip 192.0.2.10/24 --priority 150");
  assert.equal(exitCode, 0);
  assert.match(stdout, /^claim +virtual router 51 for IPv4 on eth0/);
  assert.match(stdout, /\nsend +as MASTER: VRRPv3 priority 150 from 192\.0\.2\.1 every 1s\n/);
  assert.match(stdout, /\nadd +as MASTER: 192\.0\.2\.10\/24 on eth0\n/);
  assert.match(stdout, /\npromise +we take over at most 3\.\d+s after/);
  assert.deepEqual(kernel.held(), ["eth0 192.0.2.1/24"]);
  assert.equal(kernel.open, 0);
});

test("a dry run says what a run would be refused for, and exits as that run would", async () => {
  kernel.ports.refuseOpen = "EPERM";
  const line = "--vrid 51 --vip 192.0.2.10/24";
  const [text, json] = [await dryRun(line), await dryRun(`${line} -j`)];
  kernel.ports.refuseOpen = undefined;
  assert.deepEqual([text.exitCode, text.stderr], [2, ""]);
  assert.match(text.stdout, /^note +a run would be refused: socket eth0: .*needs CAP_NET_RAW/m);
  assert.match(JSON.parse(json.stdout).refusals[0], /^socket eth0: /);
});

test("with --force nobody is listened to first", async () => {
  const line = "--vrid 51 --vip 192.0.2.10/24";
  assert.match((await dryRun(line)).stdout, /\nlisten +1s for others that use VRID 51\n/);
  assert.doesNotMatch((await dryRun(`${line} --force`)).stdout, /listen/);
  assert.equal(JSON.parse((await dryRun(`${line} --force -j`)).stdout).listen_ms, 0);
});

test("the lease is chosen from the interval unless it is said, and what it cannot promise is noted", async () => {
  const plan = async (more: string) => {
    const { stdout } = await dryRun(`--vrid 51 --vip 192.0.2.10/24 -j ${more}`);
    const { lease_s, caveats } = JSON.parse(stdout);
    return [lease_s, caveats.length === 0];
  };
  assert.deepEqual(await plan("--interval 1s"), [2, true]);
  assert.deepEqual(await plan("--version 2 --interval 10s"), [26, true]);
  assert.deepEqual(await plan("--interval 100ms"), [1, false]);
  assert.deepEqual(await plan("--lease 3s"), [3, false]);
  assert.deepEqual(await plan("--interval 100ms --lease off"), [null, true]);
  const { stdout } = await dryRun("--vrid 51 --vip 192.0.2.10/24 --interval 100ms");
  assert.match(stdout, /\nlease +1s, then .*\n(.*\n)*note +the kernel ends a lease of 1s within/);
  const off = await dryRun("--vrid 51 --vip 192.0.2.10/24 --lease off");
  assert.match(off.stdout, /\nlease +none: addresses stay/);
});

test("a dry run in JSON is one document", async () => {
  const { stdout } = await dryRun("--vrid 51 --vip 192.0.2.10 -j");
  const plan = JSON.parse(stdout);
  assert.deepEqual([plan.vrid, plan.version, plan.interval_ms], [51, 3, 1000]);
  const vip = { interface: "eth0", label: null, scope: 0, tracked: true };
  const vips = [{ address: "192.0.2.10/32", ...vip }];
  assert.deepEqual([plan.source, plan.vips, plan.excluded_vips], ["192.0.2.1", vips, []]);
});

test("the man page names every key of that document", async () => {
  const { stdout } = await dryRun("--vrid 51 --vip 192.0.2.10 --peer 192.0.2.3 --vmac -j");
  assert.deepEqual(unnamedKeys(JSON.parse(stdout), RUN_MANUAL["Dry run"] ?? []), []);
});

test("the promise follows the number of missing adverts", async () => {
  const { stdout } = await dryRun("--vrid 51 --vip 192.0.2.10 --down-adverts 10 -j");
  const { takeover_limit_ms, peer_takeover_limit_ms } = JSON.parse(stdout);
  assert.deepEqual([takeover_limit_ms, peer_takeover_limit_ms], [10_609.375, 10_996.09375]);
});

test("a dry run says which keys there are, and none of them", async () => {
  const line = "--vrid 51 --vip 192.0.2.10 --key-file /keys --key-id 7";
  const { stdout } = await dryRun(line);
  assert.match(stdout, /\nsign +adverts with key 7; mode enforce, keys 1, 7 .* differ by 5s\n/);
  const json = await dryRun(`${line} --hmac-mode receive-only -j`);
  assert.deepEqual(JSON.parse(json.stdout).hmac, {
    mode: "receive-only",
    key_id: 7,
    key_ids: [1, 7],
    window_ms: 5000,
  });
  for (const text of [stdout, json.stdout]) assert.doesNotMatch(text, /an-ascii|0001/);
  assert.equal(JSON.parse((await dryRun("--vrid 51 --vip 192.0.2.10 -j")).stdout).hmac, null);
});

test("a dry run names the peers with their bounds, or the group", async () => {
  const line = "--vrid 51 --vip 192.0.2.10";
  const peers = "--peer 192.0.2.2 --peer 198.51.100.3,min-ttl=250,max-ttl=254";
  assert.match(
    (await dryRun(`${line} ${peers}`)).stdout,
    /, peers 192\.0\.2\.2 \(TTL 1 to 255\), 198\.51\.100\.3 \(TTL 250 to 254\), no group\n/,
  );
  const unicast = JSON.parse((await dryRun(`${line} ${peers} -j`)).stdout);
  assert.equal(unicast.group, null);
  assert.deepEqual(unicast.peers[1], { address: "198.51.100.3", min_ttl: 250, max_ttl: 254 });
  const multicast = JSON.parse((await dryRun(`${line} --group 224.0.0.77 -j`)).stdout);
  assert.deepEqual([multicast.group, multicast.peers], ["224.0.0.77", []]);
});

test("a dry run says where each address goes, and in which words", async () => {
  const line = "--vrid 51 --vip 192.0.2.10/24 label eth0:v --vip 192.0.2.11 scope link";
  const { stdout } = await dryRun(`${line} --excluded-vip fd00::1 dev eth7 no_track`);
  assert.match(
    stdout,
    /\nadd +as MASTER: 192\.0\.2\.10\/24 label eth0:v, 192\.0\.2\.11\/32 scope link on eth0\n/,
  );
  assert.match(stdout, /\nadd +as MASTER: fd00::1\/128 no_track on eth7, in no advert\n/);
});
