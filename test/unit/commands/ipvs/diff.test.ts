import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { serviceAt } from "../../../support/ipvs.ts";

const diff = (ports: FakePorts, text: string, ...words: readonly string[]) => {
  ports.files.contents.set("/web", new TextEncoder().encode(text));
  return runInProcess(["ipvs", "diff", "-f", "/web", ...words], { ports });
};

test("what differs is told, foreign services are marked, and nothing is changed: 1", async () => {
  const ports = new FakePorts();
  ports.ipvs.add(serviceAt("tcp 192.0.2.9:25"));
  const { exitCode, stdout } = await diff(ports, "-A -t 192.0.2.1:80 -s rr\n");
  assert.deepEqual(
    [exitCode, stdout],
    [1, "+ tcp 192.0.2.1:80  scheduler rr\n  tcp 192.0.2.9:25  foreign\n"],
  );
  assert.deepEqual(ports.ipvs.commands, []);
});

test("where nothing differs it is 0, whatever others have made; --prune counts them", async () => {
  const ports = new FakePorts();
  ports.ipvs.add(serviceAt("tcp 192.0.2.1:80", { scheduler: "rr" }));
  ports.ipvs.add(serviceAt("tcp 192.0.2.9:25"));
  const same = "-A -t 192.0.2.1:80 -s rr\n";
  assert.deepEqual(await diff(ports, same, "-q"), { exitCode: 0, stdout: "", stderr: "" });
  const { exitCode, stdout } = await diff(ports, same, "--prune", "-j");
  assert.equal(exitCode, 1);
  const { steps, foreign } = JSON.parse(stdout);
  assert.deepEqual([steps[0].step, steps[0].service, foreign], ["remove", "tcp 192.0.2.9:25", []]);
});
