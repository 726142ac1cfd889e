import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const adm = (ports: FakePorts, line: string) =>
  runInProcess(["ipvs", "adm", ...line.split(" ").filter((word) => word !== "")], { ports });

/** From the last to the first, to be sorted. */
function balancer(): FakePorts {
  const ports = new FakePorts();
  ports.ipvs.add(
    serviceAt("tcp 10.0.0.2:80"),
    destinationTo("10.1.0.2:80", { upperThreshold: 9 }),
    destinationTo("10.1.0.1:80"),
  );
  ports.ipvs.add(serviceAt("tcp 10.0.0.1:80", { scheduler: "rr" }));
  return ports;
}

const SAVED = `-A -t 10.0.0.1:80 -s rr
-A -t 10.0.0.2:80 -s wlc
-a -t 10.0.0.2:80 -r 10.1.0.1:80 -m -w 1
-a -t 10.0.0.2:80 -r 10.1.0.2:80 -m -w 1
`;

test("words that are ours elsewhere are ipvsadm's here", async () => {
  const ports = new FakePorts();
  assert.equal((await adm(ports, "-A -t 10.0.0.1:80 -s rr")).exitCode, 0);
  assert.equal((await adm(ports, "-S -n")).stdout, "-A -t 10.0.0.1:80 -s rr\n");
  assert.equal((await adm(ports, "-Z --netns x")).exitCode, 2);
});

test("what is saved and listed is sorted as ipvsadm does it", async () => {
  const ports = balancer();
  assert.equal((await adm(ports, "-S -n")).stdout, SAVED);
  const listed = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  10.0.0.1:80 rr
TCP  10.0.0.2:80 wlc
  -> 10.1.0.1:80                  Masq    1      0          0         
  -> 10.1.0.2:80                  Masq    1      0          0         
`;
  assert.equal((await adm(ports, "-L -n")).stdout, listed);
  assert.equal((await adm(ports, "")).stdout, listed);
  const { stdout } = await adm(ports, "-L -n --nosort");
  assert.match(stdout, /TCP {2}10\.0\.0\.2:80 wlc\n.*10\.1\.0\.2.*\n.*10\.1\.0\.1.*\nTCP/);
});

test("one service, without the line of the kernel; one that is not there is 1", async () => {
  const { stdout } = await adm(balancer(), "-L -n -t 10.0.0.1:80");
  assert.deepEqual(stdout.split("\n").slice(2), ["TCP  10.0.0.1:80 rr", ""]);
  const { exitCode, stderr } = await adm(balancer(), "-L -t 10.0.0.3:80");
  assert.deepEqual([exitCode, stderr], [1, "vipkit ipvs adm: there is no such service\n"]);
});

test("timeouts, sync daemons, connections", async () => {
  const ports = new FakePorts();
  assert.equal((await adm(ports, "--set 1 0 3")).exitCode, 0);
  assert.equal((await adm(ports, "-L --timeout")).stdout, "Timeout (tcp tcpfin udp): 1 120 3\n");
  assert.equal((await adm(ports, "-L --daemon")).stdout, "");
  assert.equal((await adm(ports, "--start-daemon master --syncid 3")).exitCode, 0);
  assert.match((await adm(ports, "-L --daemon")).stdout, /^master sync daemon .*syncid=3/);
  const line = "TCP 0A000001 C9B0 0A000001 0050 7F000001 1F90 ESTABLISHED 899\n";
  const table = `Pro FromIP\n${line.repeat(2)}`;
  ports.files.contents.set("/proc/thread-self/net/ip_vs_conn", new TextEncoder().encode(table));
  const { stdout } = await adm(ports, "-L -c -n");
  assert.equal(stdout.split("\n").filter((one) => one.startsWith("TCP 14:59")).length, 2);
});

test("what is wrong is told in one line, with 2", async () => {
  for (const [line, why] of [
    ["-L -z", /no such option/],
    ["-A -t web:80", /is a name/],
    ["-A -t 10.0.0.9:80 -s nope", /modprobe ip_vs_nope/],
    ["-D -t 10.0.0.9:80", /tcp 10\.0\.0\.9:80: there is no such service/],
  ] as const) {
    const { exitCode, stdout, stderr } = await adm(balancer(), line);
    assert.deepEqual([exitCode, stdout, stderr.split("\n").length], [2, "", 2], line);
    assert.match(stderr, why);
  }
  const without = new FakePorts();
  without.ipvs.isThere = false;
  assert.match((await adm(without, "-L")).stderr, /modprobe ip_vs/);
  assert.match((await adm(without, "-v")).stdout, /^vipkit .* ipvsadm 1\.31/);
});

function restored(text: string, ports = balancer()) {
  ports.files.contents.set("-", new TextEncoder().encode(text));
  return adm(ports, "-R");
}

test("-R carries out all lines, or none where there is a mistake", async () => {
  const ports = new FakePorts();
  assert.deepEqual(await restored(SAVED, ports), { exitCode: 0, stdout: "", stderr: "" });
  assert.equal((await adm(ports, "-S")).stdout, SAVED);
  const { exitCode, stderr } = await restored("-C\n-L\n-A -t 10.0.0.3\n-A -f x\n", ports);
  assert.equal(exitCode, 2);
  assert.deepEqual(stderr.split("\n").slice(0, 3), [
    'vipkit ipvs adm: <stdin>:4:7: --fwmark-service "x" is no number of 1..4294967295',
    "vipkit ipvs adm: <stdin>:2:1: --list does not go into --restore",
    "vipkit ipvs adm: 2 mistakes: nothing was done",
  ]);
  assert.equal((await adm(ports, "-S")).stdout, SAVED);
});

test("-R names each line that the kernel refuses, and does all others", async () => {
  const { exitCode, stderr } = await restored("-A -t 10.0.0.1:80\n\n-A -t 10.0.0.3:80\n");
  assert.equal(exitCode, 2);
  assert.deepEqual(stderr.split("\n"), [
    "vipkit ipvs adm: <stdin>:1: ipvs add-service tcp 10.0.0.1:80: it is there already (EEXIST)",
    "vipkit ipvs adm: 1 of 2 commands refused, all others done",
    "",
  ]);
});
