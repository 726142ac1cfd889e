import assert from "node:assert/strict";
import { test } from "node:test";
import { IPVS_COMMANDS } from "../../../../src/core/netlink/ipvs.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

function balancer(): FakePorts {
  const ports = new FakePorts();
  ports.ipvs.add(serviceAt("tcp 10.0.0.1:80"), destinationTo("10.1.0.1:80"));
  ports.ipvs.add(serviceAt("tcp 10.0.0.2:80"));
  return ports;
}

async function flush(words: readonly string[], answer?: string, ports = balancer()) {
  ports.answer = answer;
  const ran = await runInProcess(["ipvs", "flush", ...words], { ports });
  return { ...ran, isDone: ports.ipvs.commands.includes(IPVS_COMMANDS.flush) };
}

test("without a terminal it needs --yes", async () => {
  const { exitCode, stderr, isDone } = await flush([]);
  assert.deepEqual([exitCode, isDone], [2, false]);
  assert.equal(stderr, "vipkit ipvs flush: there is no terminal to ask on: give --yes\n");
  assert.deepEqual(await flush(["--yes"]), {
    ...{ exitCode: 0, stderr: "", isDone: true },
    stdout: "2 services with 1 real server: removed\n",
  });
});

test("on a terminal it asks, and does it on a yes alone", async () => {
  for (const answer of ["y\n", "YES\n"]) {
    const { exitCode, stderr, isDone } = await flush([], answer);
    assert.deepEqual([exitCode, isDone], [0, true], answer);
    assert.equal(stderr, "Remove 2 services with 1 real server? [y/N]\n");
  }
  for (const answer of ["n\n", "\n", "", "yesterday\n"]) {
    const { exitCode, stdout, isDone } = await flush([], answer);
    assert.deepEqual([exitCode, stdout, isDone], [1, "", false], answer);
  }
});

test("an empty table is not asked about; -j and -q", async () => {
  const empty = await flush([], undefined, new FakePorts());
  assert.equal(empty.stdout, "0 services with 0 real servers: removed\n");
  assert.equal((await flush(["--yes", "-j"])).stdout, '{"services":2,"servers":1}\n');
  assert.equal((await flush(["--yes", "-qj"])).stdout, "");
});

test("a refusal of the kernel is told", async () => {
  const ports = balancer();
  ports.ipvs.refusals.set(IPVS_COMMANDS.flush, "EPERM");
  const { exitCode, stderr } = await flush(["--yes"], undefined, ports);
  assert.equal(exitCode, 2);
  assert.match(stderr, /run as root/);
});
