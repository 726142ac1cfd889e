import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { aRecord, dnsReply } from "../../../support/dns-server.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeUdp } from "../../../support/fake-udp.ts";

const run = async (...argv: string[]) => {
  const ports = new FakePorts();
  const peer = new FakeUdp((query) => [
    dnsReply(query, { answers: [aRecord("www.example.org", "192.0.2.80")] }),
  ]);
  ports.net.udp.set("10.0.0.5:53", peer);
  ports.net.udp.set("10.0.0.5:5353", peer);
  ports.net.udp.set("10.0.0.6:53", new FakeUdp("EPERM"));
  return { ...(await runInProcess(["check", "dns", ...argv], { ports })), peer };
};

test("a server that answers is up, one that nobody runs is down, one that may not be asked unknown", async () => {
  const good = await run("10.0.0.5");
  assert.equal(good.stdout, "10.0.0.5:53  UP  L7OK  0.00ms  NOERROR, A 192.0.2.80\n");
  assert.equal(good.exitCode, 0);
  assert.equal((await run("10.0.0.5:53", "10.0.0.5:5353", "-q")).exitCode, 0);
  assert.equal((await run("10.0.0.7")).exitCode, 1);
  const unknown = await run("10.0.0.6", "-j");
  assert.equal(unknown.exitCode, 2);
  assert.equal(JSON.parse(unknown.stdout).class, "SOCKERR");
});

test("wanted answers and codes decide", async () => {
  const asked = ["10.0.0.5", "--name", "www.example.org", "-q"];
  assert.equal((await run(...asked, "--answer", "192.0.2.80")).exitCode, 0);
  assert.equal((await run(...asked, "--answer", "192.0.2.80", "--answer", "::1")).exitCode, 1);
  assert.equal((await run(...asked, "--rcode", "NXDOMAIN")).exitCode, 1);
});

test("what is asked for: the root's servers, addresses of a name, any type, with or without recursion", async () => {
  const typeOf = async (...more: string[]) =>
    (await run("10.0.0.5", ...more)).peer.heard[0]?.at(-3);
  assert.equal(await typeOf(), 2);
  assert.equal(await typeOf("--name", "example.org"), 1);
  assert.equal(await typeOf("--name", "example.org", "--type", "mx"), 15);
  const flags = async (...more: string[]) => (await run("10.0.0.5", ...more)).peer.heard[0]?.[2];
  assert.equal(await flags(), 1);
  assert.equal(await flags("--no-recursion"), 0);
});

test("each option of EDNS is enough for it, as with dig", async () => {
  const optOf = async (...more: string[]) =>
    [...((await run("10.0.0.5", ...more)).peer.heard[0] ?? [])].slice(17);
  const opt = (high: number, low: number, flags: number) => [
    0,
    0,
    41,
    high,
    low,
    0,
    0,
    flags,
    0,
    0,
    0,
  ];
  assert.deepEqual(await optOf(), []);
  assert.deepEqual(await optOf("--edns"), opt(0x04, 0xd0, 0));
  assert.deepEqual(await optOf("--bufsize", "4096"), opt(0x10, 0, 0));
  assert.deepEqual(await optOf("--dnssec"), opt(0x04, 0xd0, 0x80));
  const { exitCode, stdout } = await run("10.0.0.5", "--edns");
  assert.equal(exitCode, 1);
  assert.match(stdout, /DOWN {2}L7STS .*without EDNS: the answer has no OPT/);
});

test("what cannot be meant is refused", async () => {
  for (const bad of [
    ["--type", "mxx"],
    ["--name", "a..b"],
    ["--rcode", "9"],
    ["--answer"],
    ["--bufsize", "99"],
  ]) {
    const { exitCode, stderr } = await run("10.0.0.5", ...bad);
    assert.equal(exitCode, 2, bad.join(" "));
    assert.match(stderr, /^vipkit check dns: /);
  }
  assert.equal((await run()).exitCode, 2);
});
