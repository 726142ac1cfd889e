import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { serviceAt } from "../../../support/ipvs.ts";

function zero(...words: readonly string[]) {
  const ports = new FakePorts();
  ports.ipvs.add(serviceAt("fwmark 5 inet6"));
  return runInProcess(["ipvs", "zero", ...words], { ports });
}

test("all counters, or those of a service", async () => {
  assert.equal((await zero()).stdout, "all services: counters are 0\n");
  const one = await zero("fwmark", "5", "inet6");
  assert.deepEqual(one, {
    ...{ exitCode: 0, stdout: "fwmark 5 inet6: counters are 0\n", stderr: "" },
  });
  assert.equal((await zero("fwmark/5 inet6", "-j")).stdout, '{"service":"fwmark 5 inet6"}\n');
  assert.equal((await zero("-j")).stdout, '{"service":null}\n');
  assert.equal((await zero("-q")).stdout, "");
});

test("several services, each in its words", async () => {
  const { exitCode, stdout } = await zero("fwmark/5", "inet6", "fwmark", "5", "inet6", "-j");
  assert.equal(exitCode, 0);
  assert.equal(stdout, '{"service":"fwmark 5 inet6"}\n'.repeat(2));
});

test("a service that is none, or not there, is 2", async () => {
  const none = await zero("icmp", "10.0.0.1:80");
  assert.equal(none.exitCode, 2);
  assert.match(none.stderr, /SERVICE "icmp 10\.0\.0\.1:80" is none of tcp/);
  const absent = await zero("tcp", "10.0.0.1:80");
  assert.equal(absent.exitCode, 2);
  assert.match(absent.stderr, /tcp 10\.0\.0\.1:80: there is no such service/);
});
