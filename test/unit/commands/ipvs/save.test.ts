import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const save = (ports: FakePorts, ...words: readonly string[]) =>
  runInProcess(["ipvs", "save", ...words], { ports });

function balancer(): FakePorts {
  const ports = new FakePorts();
  ports.ipvs.add(
    serviceAt("tcp 10.0.0.1:80"),
    destinationTo("10.1.0.1:80", { upperThreshold: 9, lowerThreshold: 3 }),
  );
  return ports;
}

test("as ipvsadm reads it, with thresholds", async () => {
  const { exitCode, stdout } = await save(balancer());
  assert.equal(exitCode, 0);
  assert.equal(
    stdout,
    "-A -t 10.0.0.1:80 -s wlc\n-a -t 10.0.0.1:80 -r 10.1.0.1:80 -m -w 1 -x 9 -y 3\n",
  );
  assert.equal((await save(new FakePorts())).stdout, "");
});

test("as the table file of vipkit, with timeouts and daemons", async () => {
  const { stdout } = await save(balancer(), "--format", "yaml");
  assert.match(stdout, /^services:\n {2}- service: tcp 10\.0\.0\.1:80\n/);
  assert.match(stdout, /\ntimeouts: .*15m/);
  const { services, timeouts, daemons } = JSON.parse((await save(balancer(), "-j")).stdout);
  assert.equal(services.length, 1);
  assert.ok(timeouts !== undefined && daemons.length === 0);
  assert.equal(
    (await save(balancer(), "--format", "json")).stdout,
    (await save(balancer(), "-j")).stdout,
  );
});

test("no module is said as such", async () => {
  const ports = new FakePorts();
  ports.ipvs.isThere = false;
  const { exitCode, stderr } = await save(ports);
  assert.equal(exitCode, 2);
  assert.match(stderr, /^vipkit ipvs save: .*modprobe ip_vs/);
});
