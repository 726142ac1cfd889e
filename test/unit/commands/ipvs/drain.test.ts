import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const WEB = serviceAt("tcp 192.0.2.1:80", {
  persistence: { timeoutS: 300, netmask: 0xffffffff, engine: null },
});

function balancer(): FakePorts {
  const ports = new FakePorts();
  ports.ipvs.add(WEB, destinationTo("10.0.0.1:80", { weight: 5 }));
  return ports;
}

/** The command with these words, while `then` says what happens. */
async function drained(
  words: readonly string[],
  ports: FakePorts,
  then: (stop: AbortController) => void = () => {},
  columns?: number,
) {
  const stop = new AbortController();
  const running = runInProcess(["ipvs", "drain", ...words], {
    ...{ ports, stop, interruptedBy: "SIGINT" },
    ...(columns === undefined ? {} : { columns }),
  });
  let isOver: boolean = false;
  void running.then(() => {
    isOver = true;
  });
  while (ports.clock.pending === 0 && !isOver) await nextTurn(); // it is loaded first
  await ports.clock.pass(1000);
  then(stop);
  return await ports.clock.passUntil(running, 100);
}

test("a line for each change, then what came of it", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 2, persistentConnections: 1 });
  const { exitCode, stdout, stderr } = await drained(["10.0.0.1:80"], ports, () =>
    ports.ipvs.count(0, { activeConnections: 0, persistentConnections: 0 }),
  );
  assert.deepEqual(stdout.split("\n"), [
    "10.0.0.1:80 of tcp 192.0.2.1:80: weight 5 -> 0",
    "active 2, inactive 0, persistent 1",
    "active 0, inactive 0, persistent 0",
    "no connection is left: removed from 1 service",
    "",
  ]);
  assert.match(stderr, /^1 persistent template: .* expires 5m after .*expire_quiescent_template=1/);
  assert.equal(exitCode, 0);
});

test("where templates end at weight 0 that is said, and they are not waited for", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { persistentConnections: 3 });
  ports.sysctls.set("net/ipv4/vs/expire_quiescent_template", "1\n");
  const { exitCode, stderr } = await drained(["10.0.0.1:80"], ports);
  assert.match(stderr, /^3 persistent templates: not waited for/);
  assert.equal(exitCode, 0);
});

test("on a terminal one line is redrawn, with the time that is left", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 2 });
  const { stdout } = await drained(
    ["10.0.0.1"],
    ports,
    () => ports.ipvs.count(0, { activeConnections: 0 }),
    80,
  );
  const [up, clear] = ["\x1b[F", "\x1b[K"];
  assert.ok(stdout.includes(`\nactive 2, inactive 0, persistent 0, 10m left${clear}\n${up}`));
  assert.ok(stdout.includes(`${up}${clear}${up}\nno connection is left`));
});

test("when the time is over it stays at weight 0, which is a no", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 2 });
  const { exitCode, stdout } = await drained(["10.0.0.1:80", "-t", "5s"], ports);
  assert.match(stdout, /the time is over with active 2.*: not removed, the weight stays 0/);
  assert.equal(exitCode, 1);
});

test("by force it is removed then", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 2 });
  const { exitCode, stdout } = await drained(["10.0.0.1:80", "-t", "5s", "--force"], ports);
  assert.match(stdout, /the time is over: removed from 1 service with active 2/);
  assert.equal(exitCode, 0);
});

test("an interruption says that the weight is back", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 2 });
  const { exitCode, stdout } = await drained(["10.0.0.1:80"], ports, (stop) => stop.abort());
  assert.match(stdout, /interrupted with active 2.*: its weight is as before/);
  assert.equal(exitCode, 130);
});

test("a destination that another process has removed is a no, and is said", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 2 });
  const { exitCode, stderr } = await drained(["10.0.0.1:80"], ports, () =>
    ports.ipvs.remove(WEB.id, destinationTo("10.0.0.1:80")),
  );
  assert.match(stderr, /10\.0\.0\.1:80 of tcp 192\.0\.2\.1:80: another process has removed it/);
  assert.equal(exitCode, 1);
});

test("with -j each change is a record with all keys", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 2 });
  const { stdout } = await drained(["10.0.0.1:80", "-j"], ports, () =>
    ports.ipvs.count(0, { activeConnections: 0 }),
  );
  const records = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    records.map(({ event, active, outcome }) => [event, active, outcome]),
    [
      ["begin", 2, null],
      ["counts", 2, null],
      ["counts", 0, null],
      ["end", null, "drained"],
    ],
  );
  assert.deepEqual(records[0], {
    event: "begin",
    server: "10.0.0.1:80",
    service: "tcp 192.0.2.1:80",
    weight: 5,
    persistence_timeout_s: 300,
    ...{ active: 2, inactive: 0, persistent: 0, reason: null, outcome: null },
  });
});

test("what is no server or no service is refused before anything is asked", async () => {
  for (const words of [["web1.example"], ["10.0.0.1:80", "--service", "http/192.0.2.1:80"]]) {
    const { exitCode, stderr } = await runInProcess(["ipvs", "drain", ...words]);
    assert.match(stderr, /^vipkit ipvs drain: (ADDR\[:PORT\]|--service)/);
    assert.equal(exitCode, 2);
  }
});

test("no such server is no answer", async () => {
  const { exitCode, stderr } = await drained(["10.0.0.9:80"], balancer());
  assert.match(stderr, /10\.0\.0\.9:80: no service .* has it/);
  assert.equal(exitCode, 2);
});
