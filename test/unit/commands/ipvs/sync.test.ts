import assert from "node:assert/strict";
import { test } from "node:test";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { IPVS_COMMANDS } from "../../../../src/core/netlink/ipvs.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const WEB = `services:
  - service: tcp 192.0.2.1:80
    scheduler: wrr
    destinations:
      - {server: '10.0.0.1:80', weight: 3, method: nat}
`;

function host(text = WEB): FakePorts {
  const ports = new FakePorts();
  write(ports, text);
  return ports;
}

const write = (ports: FakePorts, text: string): void =>
  void ports.files.contents.set("/web.yaml", new TextEncoder().encode(text));

const sync = (ports: FakePorts, ...words: readonly string[]) =>
  runInProcess(["ipvs", "sync", "-f", "/web.yaml", ...words], { ports });

test("what is missing is added and told; the second time there is nothing to do", async () => {
  const ports = host();
  assert.deepEqual(await sync(ports), {
    exitCode: 0,
    stdout:
      "+ tcp 192.0.2.1:80  scheduler wrr\n+ 10.0.0.1:80 of tcp 192.0.2.1:80  method nat, weight 3\n",
    stderr: "2 changes made\n",
  });
  const asked = ports.ipvs.commands.length;
  const again = await sync(ports, "--exit-code");
  assert.deepEqual(again, { exitCode: 0, stdout: "", stderr: "nothing to change\n" });
  assert.equal(ports.ipvs.commands.length, asked);
});

test("-q prints nothing, whether it is made or not", async () => {
  const ports = host();
  assert.deepEqual(await sync(ports, "-q", "-j", "--dry-run", "--exit-code"), QUIET);
  assert.deepEqual(await sync(ports, "-q", "-j", "--exit-code"), QUIET);
});

const QUIET = { exitCode: 1, stdout: "", stderr: "" };

test("one weight is one request", async () => {
  const ports = host();
  await sync(ports);
  ports.ipvs.commands.length = 0;
  write(ports, WEB.replace("weight: 3", "weight: 4"));
  const { stdout, exitCode } = await sync(ports, "--exit-code");
  assert.deepEqual([stdout, exitCode], ["~ 10.0.0.1:80 of tcp 192.0.2.1:80  weight 3 -> 4\n", 1]);
  assert.deepEqual(ports.ipvs.commands, [IPVS_COMMANDS.setDestination]);
});

test("--dry-run changes nothing; with --exit-code it is 1 where something would", async () => {
  const ports = host();
  const { exitCode, stderr } = await sync(ports, "--dry-run");
  assert.deepEqual([exitCode, stderr], [0, "2 changes would be made\n"]);
  assert.equal((await sync(ports, "--dry-run", "--exit-code")).exitCode, 1);
  assert.deepEqual(ports.ipvs.commands, []);
  assert.equal(ports.files.contents.size, 1);
});

test("what was made for the file goes with it; what others made stays, unless --prune", async () => {
  const ports = host();
  ports.ipvs.add(serviceAt("tcp 192.0.2.9:25"), destinationTo("10.0.0.9:25"));
  await sync(ports);
  write(ports, "services: []\n");
  const { stdout, stderr } = await sync(ports);
  assert.deepEqual(
    [stdout, stderr],
    ["- tcp 192.0.2.1:80\n", "1 change made; left alone: 1 service of others\n"],
  );
  await sync(ports, "--prune");
  assert.equal(new IpvsKernel(ports).table().size, 0);
});

test("a refusal names the line of the file, and what waits for it; exit 2", async () => {
  const ports = host(WEB.replace("wrr", "foo"));
  const { exitCode, stderr } = await sync(ports);
  assert.equal(exitCode, 2);
  assert.match(
    stderr,
    /tcp 192\.0\.2\.1:80 \(\/web\.yaml:2:14\): this kernel has no scheduler foo/,
  );
  assert.doesNotMatch(stderr, /nothing to change/);
  assert.match(stderr, /^not made: \+ 10\.0\.0\.1:80 of tcp 192\.0\.2\.1:80/m);
});

test("a disk that takes no note of what is to be made keeps it from being made", async () => {
  const ports = host();
  ports.files.refuse = "ENOSPC";
  assert.equal((await sync(ports)).exitCode, 2);
  assert.deepEqual(ports.ipvs.commands, []);
});

test("a table that cannot be is refused by its line before the kernel is asked", async () => {
  const ports = host(WEB.replace("method: nat", "method: nat, upper: 1, lower: 2"));
  const { exitCode, stderr } = await sync(ports);
  assert.equal(exitCode, 2);
  assert.match(stderr, /\/web\.yaml:5:18: 10\.0\.0\.1:80 of tcp 192\.0\.2\.1:80: /);
});

test("--watch puts back what others take, follows the file, and keeps what a broken one said before", async () => {
  const ports = host();
  const stop = new AbortController();
  let reload = (): void => {};
  const running = runInProcess(["ipvs", "sync", "-f", "/web.yaml", "--watch"], {
    ports,
    stop,
    onReload: (run) => {
      reload = run;
    },
  });
  await ports.clock.pass(10);
  ports.ipvs.remove(serviceAt("tcp 192.0.2.1:80").id, destinationTo("10.0.0.1:80"));
  await ports.clock.pass(5000);
  write(ports, WEB.replace("weight: 3", "weight: 4"));
  reload();
  await ports.clock.pass(10);
  write(ports, "services: [");
  reload();
  await ports.clock.pass(10);
  stop.abort();
  const { exitCode, stdout, stderr } = await running;
  assert.equal(exitCode, 0);
  assert.match(stdout, /~ 10\.0\.0\.1:80 of tcp 192\.0\.2\.1:80 {2}weight 3 -> 4\n$/);
  assert.match(
    stderr,
    /10\.0\.0\.1:80 of tcp 192\.0\.2\.1:80 deleted by another process \(1x\): put back/,
  );
  assert.match(stderr, /vipkit ipvs sync: \/web\.yaml:1:/);
  assert.equal(new IpvsKernel(ports).table().get("tcp 192.0.2.1:80")?.destinations.length, 1);
});

test("--watch ends with 2 where it cannot make it so the first time", async () => {
  const ports = host();
  ports.ipvs.refusals.set(IPVS_COMMANDS.getService, "EPERM");
  const { exitCode, stderr } = await sync(ports, "--watch");
  assert.equal(exitCode, 2);
  assert.match(stderr, /list services: EPERM/);
  assert.deepEqual([ports.clock.pending, ports.claims.size], [0, 0]);
});

test("--watch -q tells of mistakes alone, as text", async () => {
  const ports = host();
  const stop = new AbortController();
  let reload = (): void => {};
  const running = runInProcess(["ipvs", "sync", "-qj", "-f", "/web.yaml", "--watch"], {
    ports,
    stop,
    onReload: (run) => {
      reload = run;
    },
  });
  await ports.clock.pass(10);
  ports.ipvs.remove(serviceAt("tcp 192.0.2.1:80").id);
  await ports.clock.pass(5000);
  write(ports, "services: [");
  reload();
  await ports.clock.pass(10);
  stop.abort();
  const { stdout, stderr } = await running;
  assert.equal(stdout, "");
  assert.match(stderr, /^vipkit ipvs sync: \/web\.yaml:1:[^\n]*\n$/);
});

test("-q tells no notes", async () => {
  const ports = host(WEB.replace("scheduler: wrr", "one-packet: true"));
  assert.match((await sync(ports, "--dry-run")).stderr, /^note: .* does nothing for tcp/);
  assert.deepEqual(await sync(ports, "-q"), { exitCode: 0, stdout: "", stderr: "" });
  const stop = new AbortController();
  const running = runInProcess(["ipvs", "sync", "-q", "-f", "/web.yaml", "--watch"], {
    ports,
    stop,
  });
  await ports.clock.pass(10);
  stop.abort();
  assert.deepEqual(await running, { exitCode: 0, stdout: "", stderr: "" });
});

test("--watch -j is a line for each event", async () => {
  const ports = host();
  const stop = new AbortController();
  const running = runInProcess(["ipvs", "sync", "-j", "-f", "/web.yaml", "--watch"], {
    ports,
    stop,
  });
  await ports.clock.pass(10);
  stop.abort();
  const record = JSON.parse((await running).stdout);
  assert.deepEqual(Object.keys(record), [
    "event",
    "time",
    "steps",
    "refused",
    "not_made",
    "foreign",
  ]);
});

test("--watch with --dry-run or standard input is refused, and a second one for the same file", async () => {
  const ports = host();
  assert.equal((await sync(ports, "--watch", "--dry-run")).exitCode, 2);
  assert.equal((await sync(ports, "--watch", "--exit-code")).exitCode, 2);
  assert.equal((await runInProcess(["ipvs", "sync", "-f", "-", "--watch"], { ports })).exitCode, 2);
  ports.claims.add("ipvs//web.yaml");
  assert.match((await sync(ports, "--watch")).stderr, /another --watch keeps IPVS by this file/);
});

test("of many that are refused, and of what waits for them, the first twenty are told", async () => {
  const lines = Array.from({ length: 30 }, (_, n) => {
    const service = `-t 192.0.2.${n + 1}:80`;
    return `-A ${service} -s foo\n-a ${service} -r 10.0.0.1:80 -m\n`;
  });
  const { stderr } = await sync(host(lines.join("")));
  const told = stderr.trimEnd().split("\n");
  assert.equal(told.length, 2 * (20 + 1));
  assert.ok(told.includes("10 more were refused") && told.includes("10 more were not made"));
});
