import assert from "node:assert/strict";
import test from "node:test";
import { RUN_MANUAL } from "../../../../src/commands/vrrp/run-manual.ts";
import { runInProcess } from "../../../support/cli.ts";
import { dryRun } from "../../../support/dry-run.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { unnamedKeys } from "../../../support/manual.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";
import { HMAC_KEYS } from "../../../vectors/hmac.ts";

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
    [`--vrid 51 ${vip} --on-loss fault --loss-limit 3`, /--loss-limit and --on-loss fault clash/],
    [`--vrid 51 ${vip} --on-loss release --priority 255`, /255 owns the addresses and cannot/],
    [`--vrid 51 ${vip} --hmac-window 5s`, /--hmac-window needs --key-file/],
    [`--vrid 51 ${vip} --key-id 1`, /--key-id needs --key-file/],
    [`--vrid 51 ${vip} --hmac-mode enforce`, /--hmac-mode needs --key-file/],
    [`--vrid 51 ${vip} --insecure-key`, /--insecure-key needs/],
    [
      `--vrid 51 ${vip} --version 2 --auth-pass x --key-file /keys --key-id 1`,
      /--auth-pass and --key-file clash/,
    ],
    [`--vrid 51 ${vip} --strict --key-file /keys --key-id 1`, /RFC 9568 forbids --key-file/],
    [`--vrid 51 ${vip} --auth-pass x`, /--auth-pass needs --version 2: version 3 has no password/],
    [`--vrid 51 ${vip} --auth-pass-file /pass`, /--auth-pass-file needs --version 2/],
    [`--vrid 51 ${vip} --on-master 'x`, /--on-master .* has no closing '/],
    [`--vrid 51 ${vip} --on-master ''`, /--on-master .* names no program/],
    [`--vrid 51 ${vip} --nopreempt --preempt-delay 1s`, /--nopreempt and --preempt-delay clash/],
    [
      `--vrid 51 ${vip} --priority 255 --preempt-delay 3s`,
      /--priority 255 and --preempt-delay clash/,
    ],
    [`--vrid 51 ${vip} --priority 255 --nopreempt`, /--priority 255 and --nopreempt clash/],
    [`--vrid 51 ${vip} --down-adverts 101`, /--down-adverts "101" is not within 1\.\.100/],
    [`--vrid 51 ${vip} --startup-delay 3`, /--startup-delay "3" .*has no unit/],
    [`--vrid 51 ${vip} --owner-ignore-adverts`, /--owner-ignore-adverts needs --priority 255/],
    [
      `--vrid 51 ${vip} --priority 255 --owner-ignore-adverts --higher-prio-send-advert`,
      /--owner-ignore-adverts and --higher-prio-send-advert clash/,
    ],
    [
      `--vrid 51 ${vip} --strict --down-adverts 5 --preempt-delay 1s --lower-prio-no-advert --higher-prio-send-advert`,
      /--strict: RFC 9568 forbids --preempt-delay, --down-adverts, --lower-prio-no-advert, --higher-prio-send-advert$/m,
    ],
    [
      `--vrid 51 ${vip} --strict --version 2 --auth-pass x --lower-prio-no-advert`,
      /--strict: RFC 3768 forbids --auth-pass$/m,
    ],
    [`--vrid 51 ${vip} --rt-priority 0`, /--rt-priority "0" is not within 1\.\.99/],
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
    ["--vrid 51 --vip 127.0.0.9", /127\.0\.0\.9\/32 is a loopback address/],
    [`--vrid 51 ${vip} dev`, /--vip "192.* dev" ends with dev: its value is missing/],
    [`--vrid 51 ${vip} via eth1`, /--vip .* says "via", not dev, label, scope, no_track/],
    [`--vrid 51 ${vip} dev eth1 dev eth2`, /--vip .* says dev twice/],
    [`--vrid 51 ${vip} scope far`, /scope that is none of global, .*, 0\.\.255/],
    [`--vrid 51 ${vip} dev eth9`, /eth9: no such interface \(did you mean eth0\?\)/],
    [`--vrid 51 ${vip} label a123456789012345`, /label a1.* has more than 15 bytes/],
    [`--vrid 51 ${vip} --excluded-vip fd00::1 label x`, /fd00::1 and label x clash: IPv6/],
    [`--vrid 51 ${vip} --excluded-vip fd00::1 scope link`, /fd00::1 and scope clash/],
    [`--vrid 51 ${vip} --excluded-vip 192.0.2.10`, /192\.0\.2\.10 is given twice/],
    [
      `--vrid 51 ${vip} --excluded-vip 192.0.2.1 --source 192.0.2.1`,
      /virtual address, which moves/,
    ],
    [`--vrid 51 ${vip} --vip`, /--vip needs a value/],
    [`--vrid 51 ${vip} --strict --vmac --vmac-xmit-base`, /RFC 9568 forbids --vmac-xmit-base$/m],
    [
      `--vrid 51 --vip 192.0.2.10 dev eth1 --vmac`,
      /the VMAC vrrp\.51 and dev clash: each address in the adverts has another interface$/m,
    ],
    [`--vrid 51 ${vip} --vmac-xmit-base`, /--vmac-xmit-base needs --vmac$/m],
    [`--vrid 51 ${vip} --strict --excluded-vip fd00::1`, /RFC 9568 forbids --excluded-vip$/m],
    ["--vrid 51 --vip fd00::1 --strict", /--strict: fd00::1 is the first .* section 5\.2\.9/],
    [`-I eth0 --vrid 51 ${vip}`, /--interface is given twice/],
  ] as const) {
    const { exitCode, stdout, stderr } = await dryRun(line);
    assert.deepEqual([exitCode, stdout], [2, ""], line);
    assert.match(stderr, reason, line);
    assert.equal(stderr.split("\n").length, 2, `one line: ${stderr}`);
  }
});

test("an interface whose name is too long is refused by its own option, not by an address", async () => {
  const line = `vrrp run -I ${"a".repeat(29)} --vrid 51 --vip 192.0.2.10`;
  const { exitCode, stderr } = await runInProcess(line.split(" "), { ports: new FakePorts() });
  assert.equal(exitCode, 2);
  assert.match(stderr, /^vipkit vrrp run: --interface "a+" has more than 15 bytes\n$/);
});

test("the password that stands on the command line leaves it before anything else is done", async () => {
  let shown: readonly string[] = [];
  const onRetitle = (words: readonly string[]) => {
    shown = words;
  };
  const line = "vrrp run -I eth0 --auth-pass s3cr3tX --vrid 0";
  await runInProcess(line.split(" "), { onRetitle });
  assert.equal(shown.join(" "), "vrrp run -I eth0 --auth-pass *** --vrid 0");
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

test("on a terminal each line begins with its time and the name of the router", async () => {
  const ports = new FakePorts();
  const stop = new AbortController();
  const line = "vrrp run -I eth0 --vrid 51 --vip 10.0.0.100/24 -v --force";
  const ran = runInProcess(line.split(" "), { ports, stop, columns: 80 });
  await ports.clock.pass(100);
  ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 200), 64);
  stop.abort();
  await ports.clock.pass(3000);
  const { stdout, stderr } = await ran;
  assert.match(stdout, /^\d\d:\d\d:\d\d\.\d{3}Z eth0-51: INIT -> BACKUP {2}cause=started\n/);
  assert.match(stderr, /^\d\d:\d\d:\d\d\.\d{3}Z eth0-51: advert rejected {2}reason=ttl/);
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
  for (const record of records) assert.deepEqual(unnamedKeys(record, RUN_MANUAL.JSON ?? []), []);
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

test("--rt-priority is asked for, and only then", async () => {
  assert.equal((await wholeRun("--rt-priority", "7")).ports.daemon.rtPriority, 7);
  assert.equal((await wholeRun()).ports.daemon.rtPriority, undefined);
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
