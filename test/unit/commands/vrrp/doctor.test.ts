/** `vrrp doctor` on fake ports: what it opens, listens to, asks and says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { DOCTOR, runDoctor as run, type Watcher } from "../../../support/doctor-run.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { advertFrame, claimFrame } from "../../../support/foreign.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";

const PEER_MAC = "02:00:00:00:00:02";

/** 10.0.0.2 is master; its adverts reach the socket too unless `deaf`. */
const masterOf =
  ({ deaf = false } = {}): Watcher =>
  (ports, elapsedMs) => {
    if (elapsedMs % 1000 !== 700) return;
    const bytes = advertFrame("10.0.0.2", 150, PEER_MAC);
    ports.captured.push(passingFrame(bytes));
    if (!deaf) ports.receive("10.0.0.2", advertOfPeer("10.0.0.2", 150));
  };

/** Whoever asks for the virtual address is answered. */
const withHolder =
  (each: Watcher): Watcher =>
  (ports, elapsedMs) => {
    each(ports, elapsedMs);
    if (ports.sent.length > 0) ports.receiveFrame(claimFrame("10.0.0.100", PEER_MAC));
  };

test("a healthy LAN: every check is well, exit 0", async () => {
  const { exitCode, lines, stderr } = await run([], withHolder(masterOf()));
  assert.deepEqual([exitCode, stderr], [0, ""]);
  assert.deepEqual(
    lines.map((line) => line.slice(0, line.indexOf(":"))),
    [
      "ok    link",
      "ok    multicast",
      "ok    address",
      "ok    membership",
      "ok    snooping",
      "ok    master",
      "ok    firewall",
      "ok    agreement",
      "ok    adverts",
      "ok    sysctl",
      "ok    holder",
    ],
  );
  assert.match(lines[6] ?? "", /reach the interface \(4\/4\) and the protocol socket \(4\/4\)$/);
});

test("a firewall: FAIL, below it the line that helps, exit 1", async () => {
  const { exitCode, lines } = await run([], withHolder(masterOf({ deaf: true })));
  assert.equal(exitCode, 1);
  const at = lines.findIndex((line) => line.startsWith("FAIL  firewall: "));
  assert.equal(
    lines[at + 1],
    "      nft insert rule inet filter input iifname eth0 meta l4proto 112 accept",
  );
});

test("-j: one document with every key", async () => {
  const { exitCode, stdout } = await run(["-j", "--vrid", "7", "--for", "2s"], masterOf());
  assert.equal(exitCode, 1);
  const { findings, ...rest } = JSON.parse(stdout);
  assert.deepEqual(rest, { interface: "eth0", vrid: 7, listened_ms: 2000, matrix: null });
  for (const finding of findings) {
    assert.deepEqual(Object.keys(finding), ["check", "family", "verdict", "seen", "fix"]);
  }
  const master = findings.find((it: { check: string }) => it.check === "master");
  assert.match(master.seen, /no advert for vrid 7 .* heard vrid 51 instead/);
});

test("-q says it by the exit status, -v says all, a terminal is told what is waited for", async () => {
  const quiet = await run(["-q", "--vrid", "51"], () => {}, new FakePorts(), 80);
  assert.deepEqual([quiet.exitCode, quiet.stdout, quiet.stderr], [1, "", ""]);
  const ports = new FakePorts();
  ports.sysctls.set("net/ipv4/conf/all/rp_filter", "2");
  ports.sysctls.set("net/ipv4/conf/eth0/rp_filter", "0");
  const verbose = await run(["-v"], withHolder(masterOf()), ports, 80);
  assert.equal(verbose.stderr, "listening on eth0 for 5s ...\n");
  assert.ok(
    verbose.lines.some((line) => /^heard {3}vrid 51 version 3 from 10\.0\.0\.2/.test(line)),
  );
  assert.ok(verbose.lines.includes("sysctl  rp_filter = 2 on eth0 (maximum of all and interface)"));
});

test("a bystander who hears nothing is warned, and that is no failure unless it asked for a VRID", async () => {
  const { exitCode, lines } = await run([]);
  assert.equal(exitCode, 0);
  assert.ok(lines.some((line) => line.startsWith("warn  master: no advert over IPv4 within 5s")));
  const ports = new FakePorts();
  ports.netTables.set("raw", "   0: 00000000:0070 00000000:0000 07 00000000:00000000\n");
  const router = await run([], () => {}, ports);
  assert.equal(router.exitCode, 1);
});

test("the groups that programs here have joined are known before it joins itself", async () => {
  const ports = new FakePorts();
  ports.netTables.set(
    "igmp",
    "2\teth0      :     1      V3\n\t\t\t\t120000E0     1 0:00000000\t\t0\n",
  );
  const { lines } = await run(["-4", "--for", "1s"], () => {}, ports);
  assert.ok(
    lines.some((line) => line.startsWith("ok    membership: already joined by a program here")),
  );
});

test("a link that is down is a finding, and nothing is opened for it", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ running: false, up: false });
  ports.refuseCapture = "EPERM";
  const { exitCode, lines } = await run([], () => {}, ports);
  assert.deepEqual(
    [exitCode, lines.slice(0, 2)],
    [1, ["FAIL  link: eth0 is down", "      ip link set dev eth0 up"]],
  );
});

test("who cannot look says so, and it is no finding", async () => {
  const poor = new FakePorts();
  poor.refuseCapture = "EPERM";
  const refused = await run([], () => {}, poor);
  assert.deepEqual([refused.exitCode, refused.stdout], [2, ""]);
  assert.match(refused.stderr, /needs CAP_NET_RAW/);
  const { exitCode, stderr } = await runInProcess(["vrrp", "doctor", "-I", "eth7"], {
    ports: new FakePorts(),
  });
  assert.equal(exitCode, 2);
  assert.match(stderr, /eth7: no such interface/);
});

test("a group that the kernel does not let us join is a finding", async () => {
  const ports = new FakePorts();
  ports.refuseOpen = "ENOBUFS";
  const { exitCode, lines } = await run(["-4", "--for", "1s"], () => {}, ports);
  assert.equal(exitCode, 1);
  assert.ok(lines.some((line) => line.startsWith("FAIL  membership: eth0 cannot join 224.0.0.18")));
});

test("an interruption ends it as the signal does, and leaves nothing open", async () => {
  const ports = new FakePorts();
  const stop = new AbortController();
  const running = runInProcess(DOCTOR, { ports, stop, interruptedBy: "SIGINT" });
  while (ports.open === 0) await ports.clock.pass(0);
  stop.abort();
  await ports.clock.pass(500);
  assert.equal((await running).exitCode, 130);
  assert.equal(ports.open, 0);
});

test("options that clash are refused in one line that names both", async () => {
  const refused = async (...argv: string[]) => {
    const { exitCode, stderr } = await runInProcess([...DOCTOR, ...argv], {
      ports: new FakePorts(),
    });
    assert.equal(exitCode, 2);
    return stderr.trimEnd();
  };
  assert.match(await refused("--respond", "--peer", "10.0.0.2"), /--respond and --peer clash/);
  assert.match(await refused("--respond", "--vip", "10.0.0.2"), /--respond and --vip clash/);
  assert.match(await refused("-6", "--peer", "10.0.0.2"), /--peer is no IPv6 address/);
  assert.match(await refused("-4", "--vip", "fd00::1"), /--vip is no IPv4 address/);
  assert.match(await refused("--for", "0s"), /--for 0s/);
});
