/** Where `vrrp sniff` cannot vouch for an answer, or could not give it in the end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemError } from "../../../../src/core/errors.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { hear, listen } from "../../../support/sniff-run.ts";

test("what was not heard may be our own loss: then it is no answer", async () => {
  const lossy = (argv: readonly string[]) =>
    listen(argv, async (ports) => {
      ports.lostFrames = 7;
      hear(ports);
      await ports.clock.pass(2000);
    });
  const silence = await lossy(["--max-gap", "1s"]);
  assert.equal(silence.exitCode, 2);
  assert.match(silence.stderr, /the kernel dropped packets, for we did not keep up/);
  assert.equal((await lossy(["--expect-none"])).exitCode, 1); // what was heard, was heard
});

test("a picture that cannot be written is refused before anything is heard", async () => {
  const ports = new FakePorts();
  const list = async (directory: string): Promise<never> => {
    throw new SystemError("read", directory, "ENOENT", "no such file or directory");
  };
  Object.assign(ports.files, { list });
  const argv = ["vrrp", "sniff", "-i", "eth0", "--for", "8h", "--plot", "/nowhere/x.svg"];
  const { exitCode, stderr } = await runInProcess(argv, { ports });
  assert.equal(exitCode, 2);
  assert.match(stderr, /\/nowhere: no such file/);
  assert.equal(ports.open, 0);
});
