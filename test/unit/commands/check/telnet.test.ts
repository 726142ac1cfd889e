import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { scriptedStream } from "../../../support/scripted-stream.ts";

const run = async (...argv: string[]) => {
  const ports = new FakePorts();
  const server = scriptedStream([[255, 251, 1], "Password: \x1b]0;owned\x07"]);
  ports.net.ports.set("10.0.0.5:23", server.stream);
  ports.net.ports.set("10.0.0.8:23", scriptedStream(["box login: "]).stream);
  ports.net.ports.set("10.0.0.6:23", "EPERM");
  return await runInProcess(["check", "telnet", ...argv], { ports });
};

test("up, down, or could not find out", async () => {
  const good = await run("10.0.0.8");
  assert.equal(good.stdout, "10.0.0.8:23  UP  L7OK  0.00ms  prompt box login:\n");
  assert.equal(good.exitCode, 0);
  assert.equal((await run("10.0.0.7", "-q")).exitCode, 1);
  assert.equal((await run("10.0.0.6", "-j")).exitCode, 2);
});

test("another prompt is wanted; what a terminal would obey is escaped", async () => {
  const none = await run("10.0.0.5");
  assert.equal(none.exitCode, 1);
  assert.match(none.stdout, /L7RSP.*heard last: Password: \\x1b\]0;owned\\x07\n$/);
  assert.equal((await run("10.0.0.5", "--expect", "^Password:", "-q")).exitCode, 0);
  assert.equal((await run("10.0.0.5", "--expect", "(")).exitCode, 2);
});
