import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeKernel } from "../../../support/fake-kernel.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";
import { HMAC_KEYS } from "../../../vectors/hmac.ts";

const kernel = new FakeKernel().addLink("eth0").addAddress("eth0", "192.0.2.1/24");
kernel.ports.secretFiles
  .set("/keys", { text: `1:hex:${HMAC_KEYS[1]}\n7:${HMAC_KEYS[7]}`, mode: 0o600 })
  .set("/open", { text: "s3cret\n", mode: 0o644 })
  .set("/pass", { text: "ninebytes\n", mode: 0o600 });
const run = (line: string) =>
  runInProcess(["vrrp", "run", "-I", "eth0", "--dry-run", ...line.split(" ")], {
    ports: kernel.ports,
  });

test("a dry run says what would be done and what peers may rely on", async () => {
  const { exitCode, stdout } = await run("--vrid 51 --vip 192.0.2.10/24 --priority 150");
  assert.equal(exitCode, 0);
  assert.match(stdout, /^claim +virtual router 51 for IPv4 on eth0/);
  assert.match(stdout, /\nsend +as MASTER: VRRPv3 priority 150 from 192\.0\.2\.1 every 1s\n/);
  assert.match(stdout, /\nadd +as MASTER: 192\.0\.2\.10\/24 on eth0\n/);
  assert.match(stdout, /\npromise +we take over at most 3\.\d+s after/);
  assert.deepEqual(kernel.held(), ["eth0 192.0.2.1/24"]);
  assert.equal(kernel.open, 0);
});

test("with --force nobody is listened to first", async () => {
  const line = "--vrid 51 --vip 192.0.2.10/24";
  assert.match((await run(line)).stdout, /\nlisten +1s for others that use VRID 51\n/);
  assert.doesNotMatch((await run(`${line} --force`)).stdout, /listen/);
  assert.equal(JSON.parse((await run(`${line} --force -j`)).stdout).listen_ms, 0);
});

test("the lease is chosen from the interval unless it is said, and what it cannot promise is noted", async () => {
  const plan = async (more: string) => {
    const { stdout } = await run(`--vrid 51 --vip 192.0.2.10/24 -j ${more}`);
    const { lease_s, lease_caveat } = JSON.parse(stdout);
    return [lease_s, lease_caveat === null];
  };
  assert.deepEqual(await plan("--interval 1s"), [2, true]);
  assert.deepEqual(await plan("--version 2 --interval 10s"), [26, true]);
  assert.deepEqual(await plan("--interval 100ms"), [1, false]);
  assert.deepEqual(await plan("--lease 3s"), [3, false]);
  assert.deepEqual(await plan("--interval 100ms --lease off"), [null, true]);
  const { stdout } = await run("--vrid 51 --vip 192.0.2.10/24 --interval 100ms");
  assert.match(stdout, /\nlease +1s, then .*\n(.*\n)*note +the kernel ends a lease of 1s within/);
  const off = await run("--vrid 51 --vip 192.0.2.10/24 --lease off");
  assert.match(off.stdout, /\nlease +none: addresses stay/);
});

test("a dry run in JSON is one document", async () => {
  const { stdout } = await run("--vrid 51 --vip 192.0.2.10 -j");
  const plan = JSON.parse(stdout);
  assert.deepEqual([plan.vrid, plan.version, plan.adver_interval_ms], [51, 3, 1000]);
  assert.deepEqual([plan.source, plan.vips], ["192.0.2.1", ["192.0.2.10/32"]]);
});

test("the promise follows the number of missing adverts", async () => {
  const { stdout } = await run("--vrid 51 --vip 192.0.2.10 --down-adverts 10 -j");
  const { takeover_limit_ms, peer_takeover_limit_ms } = JSON.parse(stdout);
  assert.deepEqual([takeover_limit_ms, peer_takeover_limit_ms], [10_609.375, 10_996.09375]);
});

test("a dry run says which keys there are, and none of them", async () => {
  const line = "--vrid 51 --vip 192.0.2.10 --key-file /keys --key-id 7";
  const { stdout } = await run(line);
  assert.match(stdout, /\nsign +adverts with key 7; mode enforce, keys 1, 7 .* differ by 5s\n/);
  const json = await run(`${line} --hmac-mode receive-only -j`);
  assert.deepEqual(JSON.parse(json.stdout).hmac, {
    mode: "receive-only",
    key_id: 7,
    key_ids: [1, 7],
    window_ms: 5000,
  });
  for (const text of [stdout, json.stdout]) assert.doesNotMatch(text, /an-ascii|0001/);
  assert.equal(JSON.parse((await run("--vrid 51 --vip 192.0.2.10 -j")).stdout).hmac, null);
});

test("a dry run names the peers with their bounds, or the group", async () => {
  const line = "--vrid 51 --vip 192.0.2.10";
  const peers = "--peer 192.0.2.2 --peer 198.51.100.3,min-ttl=250,max-ttl=254";
  assert.match(
    (await run(`${line} ${peers}`)).stdout,
    /, peers 192\.0\.2\.2 \(TTL 1 to 255\), 198\.51\.100\.3 \(TTL 250 to 254\), no group\n/,
  );
  const unicast = JSON.parse((await run(`${line} ${peers} -j`)).stdout);
  assert.equal(unicast.group, null);
  assert.deepEqual(unicast.peers[1], { address: "198.51.100.3", min_ttl: 250, max_ttl: 254 });
  const multicast = JSON.parse((await run(`${line} --group 224.0.0.77 -j`)).stdout);
  assert.deepEqual([multicast.group, multicast.peers], ["224.0.0.77", []]);
});

test("what cannot be meant is refused in one line with its reason, exit 2", async () => {
  const vip = "--vip 192.0.2.10";
  for (const [line, reason] of [
    [vip, /--vrid is missing/],
    [`--vrid 0 ${vip}`, /--vrid "0" is not within 1\.\.255/],
    [`--vrid 256 ${vip}`, /--vrid "256" is not within 1\.\.255/],
    ["--vrid 51", /--vip is missing/],
    [`--vrid 51 ${vip} --priority 0`, /--priority "0" is not within 1\.\.255/],
    [`--vrid 51 ${vip}/33`, /prefix length that is not within 0\.\.32/],
    [`--vrid 51 ${vip} --interval 1`, /has no unit/],
    [`--vrid 51 ${vip} --interval 15ms`, /0\.015s .* in steps of 0\.01s/],
    [`--vrid 51 ${vip} --interval 41s`, /41s .* to 40\.95s/],
    [`--vrid 51 ${vip} --version 2 --interval 1500ms`, /1\.5s .* in steps of 1s/],
    [`--vrid 51 ${vip} --vip 2001:db8::1`, /IPv4 and IPv6/],
    ["--vrid 51 --version 2 --vip 2001:db8::1", /IPv6 needs VRRP version 3/],
    [`--vrid 51 ${vip} ${vip}`, /192\.0\.2\.10 is given twice/],
    [`--vrid 51 ${vip} --version 2 --auth-pass ninebytes`, /password of 9 bytes/],
    [`--vrid 51 ${vip} --version 2 --auth-pass-file /pass`, /password of 9 bytes/],
    [`--vrid 51 ${vip} --version 2 --auth-pass-file /open`, /\/open is open .*mode 644/],
    [`--vrid 51 ${vip} --auth-pass x --auth-pass-file /pass`, /exclude each other/],
    [`--vrid 51 ${vip} --key-file /none --key-id 1`, /read \/none: ENOENT/],
    [`--vrid 51 ${vip} --key-file /pass`, /\/pass:1: is not of the form ID:SECRET/],
    [`--vrid 51 ${vip} --key-file /keys --hmac-window 6m`, /6m is not within 1s to 5m/],
    [`--vrid 51 ${vip} --hmac-window 5s`, /--hmac-window needs --key-file/],
    [`--vrid 51 ${vip} --key-id 1`, /--key-id needs --key-file/],
    [`--vrid 51 ${vip} --hmac-mode enforce`, /--hmac-mode needs --key-file/],
    [`--vrid 51 ${vip} --insecure-key`, /--insecure-key needs/],
    [`--vrid 51 ${vip} --version 2 --auth-pass x --key-file /keys --key-id 1`, /HMAC keys exclude/],
    [`--vrid 51 ${vip} --strict --key-file /keys --key-id 1`, /RFC 9568 forbids --key-file/],
    [`--vrid 51 ${vip} --auth-pass x`, /version 3 has no password/],
    [`--vrid 51 ${vip} --on-master 'x`, /--on-master .* has no closing '/],
    [`--vrid 51 ${vip} --on-master ''`, /--on-master .* names no program/],
    [`--vrid 51 ${vip} --nopreempt --preempt-delay 1s`, /has no meaning without preemption/],
    [`--vrid 51 ${vip} --priority 255 --nopreempt`, /always preempts/],
    [`--vrid 51 ${vip} --down-adverts 101`, /--down-adverts "101" is not within 1\.\.100/],
    [`--vrid 51 ${vip} --startup-delay 3`, /--startup-delay "3" .*has no unit/],
    [`--vrid 51 ${vip} --owner-ignore-adverts`, /only an owner, of priority 255/],
    [
      `--vrid 51 ${vip} --strict --down-adverts 5 --preempt-delay 1s --lower-prio-no-advert --higher-prio-send-advert`,
      /--strict: RFC 9568 forbids --preempt-delay, --down-adverts, --lower-prio-no-advert, --higher-prio-send-advert$/m,
    ],
    [
      `--vrid 51 ${vip} --strict --version 2 --auth-pass x --lower-prio-no-advert`,
      /--strict: RFC 3768 forbids --auth-pass$/m,
    ],
    [`--vrid 51 ${vip} --name a/b`, /--name "a\/b" may hold letters, digits/],
    [`--vrid 51 ${vip} --name ..`, /--name "\.\." must begin with something else/],
    [`--vrid 51 ${vip} --lease 2`, /--lease "2" is neither auto nor off .* has no unit/],
    [`--vrid 51 ${vip} --lease 1500ms`, /--lease .* whole seconds/],
    [`--vrid 51 ${vip} --lease 0s`, /lease of 0s is not within/],
    [`--vrid 51 ${vip} --lease 1s`, /lease of 1s ends before the next advert .* interval of 1s/],
    [`--vrid 51 ${vip} --garp-repeat 0`, /--garp-repeat "0" is not within 1\.\.100/],
    [`--vrid 51 ${vip} --source fe80::1`, /source fe80::1 is of another family/],
    [`--vrid 51 ${vip} --source 192.0.2.10`, /is a virtual address, which moves away/],
    [`--vrid 51 ${vip} --source 192.0.2.9`, /does not have the source address 192\.0\.2\.9/],
    [`--vrid 51 ${vip} --strict --peer 192.0.2.2`, /--strict: RFC 9568 forbids --peer$/m],
    [`--vrid 51 ${vip} --strict --group 224.0.0.77`, /--strict: RFC 9568 forbids --group$/m],
    [`--vrid 51 ${vip} --peer=`, /--peer "" is no IP address/],
    [`--vrid 51 ${vip} --peer 192.0.2.2,ttl=3`, /says "ttl=3", not min-ttl=N or max-ttl=N/],
    [`--vrid 51 ${vip} --peer 192.0.2.2,min-ttl=256`, /min-ttl that is not within 1\.\.255/],
    [`--vrid 51 ${vip} --peer 192.0.2.2,min-ttl=2,min-ttl=3`, /says min-ttl twice/],
    [`--vrid 51 ${vip} --peer 192.0.2.2,min-ttl=9,max-ttl=8`, /min-ttl 9 above max-ttl 8/],
    [`--vrid 51 ${vip} --peer 224.0.0.18`, /is not an address that a host can have/],
    [`--vrid 51 ${vip} --peer 192.0.2.2 --peer 192.0.2.2`, /peer 192\.0\.2\.2 is given twice/],
    [`--vrid 51 ${vip} --peer 192.0.2.10`, /peer 192\.0\.2\.10 is a virtual address/],
    [`--vrid 51 ${vip} --peer fd00::2`, /peer fd00::2 is of another family/],
    [`--vrid 51 ${vip} --peer 192.0.2.1`, /eth0: peer 192\.0\.2\.1 is this host/],
    [`--vrid 51 ${vip} --peer 192.0.2.9 --source 192.0.2.9`, /peer .* is our own source address/],
    [`--vrid 51 ${vip} --peer 192.0.2.2 --group 224.0.0.18`, /--peer and --group clash/],
    [`--vrid 51 ${vip} --group ff02::12`, /group ff02::12 is of another family/],
    [`--vrid 51 ${vip} --group 239.1.1.1`, /239\.1\.1\.1 is not a group of one LAN: 224\.0\.0\.0/],
    [`--vrid 51 ${vip} --group 192.0.2.2`, /192\.0\.2\.2 is not a group of one LAN/],
    ["--vrid 51 --vip 224.0.0.18", /is not an address that a host can have/],
    [`-I eth0 --vrid 51 ${vip}`, /--interface is given twice/],
  ] as const) {
    const { exitCode, stdout, stderr } = await run(line);
    assert.deepEqual([exitCode, stdout], [2, ""], line);
    assert.match(stderr, reason, line);
    assert.equal(stderr.split("\n").length, 2, `one line: ${stderr}`);
  }
});

/** A run from its start to its polite end as MASTER, with a bad advert on the way. */
async function wholeRun(...more: string[]) {
  const ports = new FakePorts();
  const stop = new AbortController();
  const line = ["vrrp", "run", "-I", "eth0", "--vrid", "51", "--vip", "10.0.0.100/24", ...more];
  const ran = runInProcess(line, { ports, stop });
  await ports.clock.pass(1000);
  ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200), 64);
  await ports.clock.pass(4000);
  stop.abort();
  await ports.clock.pass(3000);
  return { ...(await ran), ports };
}

test("a run is one line for each transition, and ends with 0", async () => {
  const { exitCode, stdout, stderr } = await wholeRun();
  assert.equal(
    stdout,
    [
      "INIT -> BACKUP  cause=started",
      "BACKUP -> MASTER  cause=advert-timeout last=none age=3.609s limit=3.609s",
      "MASTER -> INIT  cause=released to=nobody",
      "",
    ].join("\n"),
  );
  assert.deepEqual([exitCode, stderr], [0, ""]);
});

test("the state that is entered has a colour of its own", async () => {
  const { stdout } = await wholeRun("--color", "always");
  assert.match(
    stdout,
    /^INIT -> <yellow>BACKUP<\/yellow> {2}cause=started\nBACKUP -> <green>MASTER</,
  );
  assert.match(stdout, /\nMASTER -> INIT {2}cause=released/);
});

test("-v adds rejected adverts on stderr, under the name of the router", async () => {
  const { stderr } = await wholeRun("-v", "--name", "web");
  assert.equal(stderr, "web: advert rejected  reason=ttl-not-255 source=10.0.0.2\n");
});

test("a peer that is set up otherwise is told without -v", async () => {
  const ports = new FakePorts();
  const stop = new AbortController();
  const line = "vrrp run -I eth0 --vrid 51 --vip 10.0.0.100/24 --version 2 --force";
  const ran = runInProcess(line.split(" "), { ports, stop });
  await ports.clock.pass(100);
  for (let n = 0; n < 3; n += 1) ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200));
  stop.abort();
  await ports.clock.pass(3000);
  const { stderr } = await ran;
  const told = "advert rejected  reason=wrong-version source=10.0.0.2 heard=3 ours=2";
  assert.equal(stderr, `eth0-51: ${told}\n`);
});

test("with -j each event is a record on stdout, numbered without a gap", async () => {
  const { stdout, stderr } = await wholeRun("-jv");
  const records = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    records.map(({ seq, type, instance }) => [seq, type, instance]),
    [
      [1, "transition", "eth0-51"],
      [2, "advert-rejected", "eth0-51"],
      [3, "transition", "eth0-51"],
      [4, "transition", "eth0-51"],
    ],
  );
  assert.equal(records[0].ts, "2026-01-02T00:00:01.000Z");
  assert.equal(stderr, "");
  assert.equal((await wholeRun("-j")).stdout.trimEnd().split("\n").length, 3);
});

test("hooks follow the transitions, and the last one is waited for", async () => {
  const { ports } = await wholeRun("--on-change", "/bin/notify 'to all'", "--on-stop", "/bin/stop");
  assert.deepEqual(
    ports.programs.map(({ argv }) => argv.join(" ")),
    [
      "/bin/notify to all INSTANCE eth0-51 BACKUP 100",
      "/bin/notify to all INSTANCE eth0-51 MASTER 100",
      "/bin/stop INSTANCE eth0-51 STOP 100",
      "/bin/notify to all INSTANCE eth0-51 STOP 100",
    ],
  );
});

test("an error before the start is one JSON object with -j", async () => {
  const argv = ["vrrp", "run", "-I", "eht0", "--vrid", "51", "--vip", "10.0.0.100", "-j"];
  const { exitCode, stdout, stderr } = await runInProcess(argv, { ports: new FakePorts() });
  const { error, code, message } = JSON.parse(stderr);
  assert.deepEqual([exitCode, stdout, error, code], [2, "", "system", "ENODEV"]);
  assert.match(message, /eht0: no such interface \(did you mean eth0\?\)/);
});

test("SIGHUP reads the files of secrets anew; without one it asks for the end as before", async () => {
  const line = ["vrrp", "run", "-I", "eth0", "--vrid", "51", "--vip", "10.0.0.100"];
  for (const [more, expected] of [
    [["--key-file", "/keys"], ["has read its keys anew: key 7 signs, believed are 7"]],
    [[], []],
  ] as const) {
    const ports = new FakePorts();
    ports.secretFiles.set("/keys", { text: `1:${HMAC_KEYS[7]}`, mode: 0o600 });
    const stop = new AbortController();
    let reload: (() => void) | undefined;
    const onReload = (given: () => void) => {
      reload = given;
    };
    const running = runInProcess([...line, ...more], { ports, stop, onReload });
    await ports.clock.pass(1500);
    ports.secretFiles.set("/keys", { text: `7:${HMAC_KEYS[7]}`, mode: 0o600 });
    reload?.();
    stop.abort();
    await ports.clock.pass(100);
    const { stderr } = await running;
    assert.deepEqual(stderr.match(/has read .*/g) ?? [], expected);
    assert.equal(reload !== undefined, expected.length > 0);
  }
});
