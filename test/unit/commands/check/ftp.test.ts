import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { scriptedStream } from "../../../support/scripted-stream.ts";

const run = async (...argv: string[]) => {
  const ports = new FakePorts();
  const server = scriptedStream(["220 ready\r\n", "331 and?\r\n", "230 in\r\n", "200 ok\r\n"]);
  ports.net.ports.set("10.0.0.5:21", server.stream);
  ports.net.ports.set("10.0.0.6:21", "EADDRNOTAVAIL");
  ports.secretFiles.set("/pw", { text: "s3cret\nmore\n", mode: 0o600 });
  ports.secretFiles.set("/open", { text: "s3cret\n", mode: 0o644 });
  ports.secretFiles.set("/odd", { text: "a\rQUIT\n", mode: 0o600 });
  const ran = await runInProcess(["check", "ftp", ...argv], { ports });
  return { ...ran, said: new TextDecoder().decode(server.written()) };
};

test("up, down, or could not find out", async () => {
  const good = await run("10.0.0.5");
  assert.equal(good.stdout, "10.0.0.5:21  UP  L7OK  0.00ms  ready\n");
  assert.deepEqual([good.exitCode, good.said], [0, "QUIT\r\n"]);
  assert.equal((await run("10.0.0.7", "-q")).exitCode, 1);
  assert.equal((await run("10.0.0.6", "-j")).exitCode, 2);
  assert.equal((await run("10.0.0.5", "--expect", "vsFTPd", "-q")).exitCode, 1);
});

test("a login with the password of a file, that is never printed", async () => {
  const login = ["10.0.0.5", "--user", "probe"];
  const open = await run(...login, "--password-file", "/pw", "-j");
  assert.equal(open.exitCode, 0);
  assert.equal(open.said, "USER probe\r\nPASS s3cret\r\nNOOP\r\nQUIT\r\n");
  assert.doesNotMatch(open.stdout + open.stderr, /s3cret/);
  assert.match((await run(...login)).said, /PASS \r\n/);
  const forced = await run(...login, "--password-file", "/open", "--insecure-key", "-q");
  assert.equal(forced.exitCode, 0);
});

test("TLS has its own port, and the server may refuse it", async () => {
  assert.match((await run("10.0.0.5", "--tls")).stdout, /^10\.0\.0\.5:990 {2}DOWN {2}L4CON/);
  const { stdout, said } = await run("10.0.0.5", "--starttls", "--user", "probe");
  assert.match(stdout, /DOWN {2}L7RSP .*AUTH TLS answered by 331/);
  assert.equal(said, "AUTH TLS\r\nQUIT\r\n");
});

test("what cannot be meant is refused", async () => {
  const login = ["--user", "probe", "--password-file"];
  for (const bad of [
    ["--password-file", "/pw"],
    [...login, "/open"],
    [...login, "/odd"],
    [...login, "/none"],
    ["--user", "a b"],
    ["--tls", "--starttls"],
    ["--cert-days", "3"],
    ["--expect", "("],
  ]) {
    const { exitCode, stderr } = await run("10.0.0.5", ...bad);
    assert.equal(exitCode, 2, bad.join(" "));
    assert.match(stderr, /^vipkit check ftp: /);
  }
});
