import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { scriptedStream } from "../../../support/scripted-stream.ts";

const run = async (...argv: string[]) => {
  const ports = new FakePorts();
  const mail = () => scriptedStream(["220 mx \x1b[2J\0\r\n", "250 mx\r\n"]);
  const servers = { plain: mail(), tls: mail() };
  ports.net.ports.set("10.0.0.5:25", servers.plain.stream);
  ports.net.ports.set("10.0.0.5:465", servers.tls.stream);
  ports.net.ports.set("10.0.0.6:25", "ENETUNREACH");
  return { ...(await runInProcess(["check", "smtp", ...argv], { ports })), servers };
};

test("up, down, or could not find out; what a terminal would obey is escaped", async () => {
  const good = await run("10.0.0.5");
  assert.equal(good.stdout, "10.0.0.5:25  UP  L7OK  0.00ms  mx \\x1b[2J\\x00\n");
  assert.equal(good.exitCode, 0);
  assert.equal((await run("10.0.0.7", "-q")).exitCode, 1);
  const unknown = await run("10.0.0.6", "-j");
  assert.equal(unknown.exitCode, 2);
  assert.equal(JSON.parse(unknown.stdout).class, "SOCKERR");
  const { stdout } = await run("10.0.0.5", "-j");
  assert.equal(JSON.parse(stdout).facts.banner, "mx \x1b[2J\0");
  assert.ok(!stdout.includes("\x1b"));
});

test("the name that is said, the greeting that is wanted", async () => {
  const { servers } = await run("10.0.0.5", "--helo", "mon.example.org");
  assert.match(new TextDecoder().decode(servers.plain.written()), /^EHLO mon\.example\.org\r\n/);
  assert.equal((await run("10.0.0.5", "--expect", "^mx", "-q")).exitCode, 0);
  assert.equal((await run("10.0.0.5", "--expect", "Postfix", "-q")).exitCode, 1);
});

test("TLS has its own port, and the server may not offer it", async () => {
  assert.match((await run("10.0.0.5", "--tls")).stdout, /^10\.0\.0\.5:465 {2}DOWN {2}L6RSP/);
  assert.match((await run("10.0.0.5", "--starttls")).stdout, /L7STS.*STARTTLS is not offered/);
});

test("what cannot be meant is refused", async () => {
  for (const bad of [
    ["--tls", "--starttls"],
    ["--cert-days", "3"],
    ["--helo", "a\r\nQUIT"],
    ["--expect", "("],
    ["--tls", "--ca", "/no/such/file"],
  ]) {
    const { exitCode, stderr } = await run("10.0.0.5", ...bad);
    assert.equal(exitCode, 2, bad.join(" "));
    assert.match(stderr, /^vipkit check smtp: /);
  }
});
