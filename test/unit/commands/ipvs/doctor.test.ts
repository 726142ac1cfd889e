/** `ipvs doctor` on fake ports: what it asks the kernel and the real servers, and what it says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIp } from "../../../../src/core/addr.ts";
import { addRoute, ROUTE_TYPES } from "../../../../src/core/netlink/rtnl-route.ts";
import { decodeArp } from "../../../../src/core/wire/arp.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { claimFrame } from "../../../support/foreign.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";
import { directTo } from "../../../support/ipvs-facts.ts";
import { decodedOf, ip } from "../../../support/packets.ts";

const RS = "02:00:00:00:00:11";

/** A balancer with 192.0.2.1 on eth0, by which all else is reached. */
function balancer(): FakePorts {
  const ports = new FakePorts({ bare: true });
  ports.kernel.setLink();
  for (const address of ["192.0.2.1/32", "10.0.0.1/24"]) ports.kernel.addAddress(address);
  const { unicast, local } = ROUTE_TYPES;
  for (const [text, prefixLength, type] of [
    ["10.0.0.0", 24, unicast],
    ["192.0.2.1", 32, local],
  ] as const) {
    const { body } = addRoute({ destination: { ip: ip(text), prefixLength }, ifIndex: 2, type });
    ports.kernel.routing.answer({
      ...addRoute({ destination: { ip: ip(text), prefixLength } }),
      body,
    });
  }
  return ports;
}

const direct = (): FakePorts => {
  const ports = balancer();
  ports.ipvs.add(serviceAt("tcp 192.0.2.1:80"), directTo("10.0.0.11:80"), directTo("10.0.0.12:80"));
  return ports;
};

/** @param answers for which addresses the real server 10.0.0.11 answers */
async function run(ports: FakePorts, answers: readonly string[] = [], ...argv: string[]) {
  let ended = false;
  const running = runInProcess(["ipvs", "doctor", ...argv], { ports }).finally(() => {
    ended = true;
  });
  while (!ended) {
    await ports.clock.pass(10);
    if (ports.sent.length > 0) for (const one of answers) ports.receiveFrame(claimFrame(one, RS));
  }
  const ran = await running;
  assert.equal(ports.open, 0, "nothing stays open");
  return { ...ran, lines: ran.stdout.trimEnd().split("\n") };
}

test("it asks for the virtual address and each real server, from no virtual address", async () => {
  const ports = direct();
  await run(ports);
  const asked = ports.sent.slice(0, 3).map(({ bytes }) => {
    const { senderIp, targetIp } = decodedOf(decodeArp(bytes.subarray(14)));
    return `${formatIp(senderIp)} asks for ${formatIp(targetIp)}`;
  });
  assert.deepEqual(asked, [
    "0.0.0.0 asks for 192.0.2.1",
    "10.0.0.1 asks for 10.0.0.11",
    "10.0.0.1 asks for 10.0.0.12",
  ]);
});

test("a real server that answers for the virtual address: FAIL, below it what helps, exit 1", async () => {
  const { exitCode, lines } = await run(direct(), ["10.0.0.11", "192.0.2.1"]);
  assert.equal(exitCode, 1);
  const at = lines.findIndex((line) => line.startsWith("FAIL"));
  assert.deepEqual(lines.slice(at, at + 3), [
    "FAIL  arp: 10.0.0.11 answers ARP for 192.0.2.1 on eth0: clients get there past this host",
    "      # on 10.0.0.11: have 192.0.2.1 on lo alone; sysctl -w net/ipv4/conf/all/arp_ignore=1 net/ipv4/conf/all/arp_announce=2",
    "      vipkit garp send 192.0.2.1 -I eth0",
  ]);
});

test("one that is quiet, and settings that only warn: exit 0", async () => {
  const ports = direct();
  ports.sysctls.set("net/ipv4/vs/expire_nodest_conn", "0");
  const { exitCode, lines } = await run(ports, ["10.0.0.11", "10.0.0.12"]);
  assert.equal(exitCode, 0);
  assert.deepEqual(
    lines.filter((line) => !line.startsWith(" ")).map((line) => line.slice(0, line.indexOf(":"))),
    ["ok    service", "ok    route", "warn  sysctl", "ok    arp"],
  );
});

test("the kernel's release decides what is said of its settings", async () => {
  const ports = direct();
  ports.sysctls.set("net/ipv4/vs/conn_reuse_mode", "1").set("net/ipv4/vs/conntrack", "1");
  ports.sysctls.set("kernel/osrelease", "4.19.0-26-amd64");
  const { lines } = await run(ports);
  assert.match(lines.join("\n"), /warn {2}sysctl: conn_reuse_mode is 1: with conntrack/);
});

test("-I asks on that interface alone; who has no permission is told what was not asked", async () => {
  const ports = direct();
  ports.kernel.setLink({ ifIndex: 3, name: "eth1" });
  assert.equal((await run(ports, [], "-I", "eth1")).exitCode, 0);
  assert.deepEqual(ports.sent, []);
  const forbidden = direct();
  forbidden.refuseOpen = "EPERM";
  const { exitCode, lines } = await run(forbidden);
  assert.equal(exitCode, 0);
  assert.match(lines.at(-1) ?? "", /^skip {2}arp: nobody could be asked on eth0: .*EPERM|permi/);
});

test("an interface that is not there is no interface on which nobody answered", async () => {
  const { exitCode, stdout, stderr } = await run(direct(), [], "-I", "eth9");
  assert.deepEqual([exitCode, stdout], [2, ""]);
  assert.match(stderr, /link get eth9: no such interface.*eth0/);
});

test("real servers of NAT are not asked", async () => {
  const ports = balancer();
  ports.ipvs.add(serviceAt("tcp 192.0.2.1:80"), destinationTo("10.0.0.11:80"));
  await run(ports);
  assert.deepEqual(ports.sent, []);
});

test("-j: one document; -q: the exit status alone", async () => {
  const { stdout } = await run(direct(), [], "-j");
  const { findings, ...rest } = JSON.parse(stdout);
  assert.deepEqual(rest, { module: true, services: 1, destinations: 2 });
  assert.deepEqual(Object.keys(findings[0]), ["check", "family", "verdict", "seen", "fix"]);
  const quiet = await run(direct(), ["10.0.0.11", "192.0.2.1"], "-q");
  assert.deepEqual([quiet.exitCode, quiet.stdout, quiet.stderr], [1, "", ""]);
});

test("no IPVS in the kernel: exit 1 and the line that loads it; no permission: exit 2", async () => {
  const ports = balancer();
  ports.ipvs.isThere = false;
  const without = await run(ports, [], "-j");
  assert.equal(without.exitCode, 1);
  const { module, findings } = JSON.parse(without.stdout);
  assert.deepEqual([module, findings[0].fix[0]], [false, "modprobe ip_vs"]);
  const forbidden = direct();
  forbidden.ipvs.refusals.set(4, "EPERM");
  assert.equal((await run(forbidden)).exitCode, 2);
});
