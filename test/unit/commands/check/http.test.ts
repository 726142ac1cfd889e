import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { quietStream } from "../../../support/fake-net.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

function world(): FakePorts {
  const ports = new FakePorts();
  ports.net.ports.set("10.0.0.5:80", quietStream());
  ports.net.pages.set("10.0.0.5/", { body: '{"status":"green"}' });
  ports.net.pages.set("10.0.0.5/bad", { status: 503, reason: "Ser\x1b[31mvice\0" });
  ports.net.ports.set("10.0.0.9:80", "ENETUNREACH");
  return ports;
}
const check = (...words: string[]) => runInProcess(["check", "http", ...words], { ports: world() });

test("up is 0, down is 1, what could not be asked is 2", async () => {
  assert.equal((await check("http://10.0.0.5/")).exitCode, 0);
  assert.equal((await check("http://10.0.0.5/bad")).exitCode, 1);
  assert.equal((await check("http://10.0.0.9/")).exitCode, 2);
  assert.equal((await check("10.0.0.5")).exitCode, 2);
});

test("what the server writes cannot reach the terminal raw", async () => {
  const { stdout } = await check("http://10.0.0.5/bad");
  assert.ok(stdout.includes("503 Ser\\x1b[31mvice\\x00"), stdout);
  const { stdout: json } = await check("http://10.0.0.5/bad", "-j");
  assert.ok(!json.includes("\x1b") && !json.includes("\0"), json);
});

test("expectations of the body are judged", async () => {
  assert.equal((await check("http://10.0.0.5/", "--json-path", "status=green")).exitCode, 0);
  assert.equal((await check("http://10.0.0.5/", "--json-path", "status=red")).exitCode, 1);
  assert.equal((await check("http://10.0.0.5/", "--match", "gr[e]+n")).exitCode, 0);
  assert.equal((await check("http://10.0.0.5/", "--no-match", "green")).exitCode, 1);
  assert.equal((await check("http://10.0.0.5/bad", "--status", "503")).exitCode, 0);
  assert.equal((await check("http://10.0.0.5/", "--size", "1-5")).exitCode, 1);
});

test("days of a certificate are for TLS: a URL without it is refused, an answer without it is down", async () => {
  const days = ["--cert-days", "5"];
  const refused = await check("https://10.0.0.5/", "http://10.0.0.5/", ...days);
  assert.equal(refused.exitCode, 2);
  assert.match(refused.stderr, /--cert-days: http:\/\/10\.0\.0\.5\/ has no certificate/);
  const followed = await check("http://10.0.0.5/", ...days, "--follow", "1");
  assert.equal(followed.exitCode, 1);
  assert.match(followed.stdout, /L6RSP .*answered without TLS/);
});

test("-q prints nothing, -j one record", async () => {
  const quiet = await check("http://10.0.0.5/", "-q");
  assert.equal(quiet.stdout + quiet.stderr, "");
  const { stdout } = await check("http://10.0.0.5/", "-j");
  const { kind, target, class: code, facts } = JSON.parse(stdout);
  assert.deepEqual([kind, target, code], ["http", "http://10.0.0.5/", "L7OK"]);
  assert.deepEqual(facts, { status: 200, http_version: "1.1", bytes: 18 });
});
