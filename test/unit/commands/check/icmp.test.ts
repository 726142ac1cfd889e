import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { ip } from "../../../support/packets.ts";
import { assertPartly } from "../../../support/partly.ts";

/** Runs in virtual time on `ports`, where 192.0.2.1 answers after 12 ms. */
async function check(argv: readonly string[], ports = new FakePorts()) {
  ports.ping.answers("192.0.2.1", 12);
  const running = runInProcess(["check", "icmp", ...argv], { ports });
  return { ports, ...(await ports.clock.passUntil(running)) };
}

test("a host that answers: 0, and a line", async () => {
  const { exitCode, stdout } = await check(["192.0.2.1"]);
  assert.deepEqual([exitCode, stdout], [0, "192.0.2.1  UP  L4OK  12ms  echo reply\n"]);
});

test("a host that is silent: 1", async () => {
  const { exitCode, stdout } = await check(["192.0.2.2"]);
  assert.deepEqual(
    [exitCode, stdout],
    [1, "192.0.2.2  DOWN  L4TOUT  -  no echo reply within 1s\n"],
  );
});

test("no route of ours: 2", async () => {
  const ports = new FakePorts();
  ports.ping.hosts.set("192.0.2.3", "ENETUNREACH");
  const { exitCode, stdout } = await check(["192.0.2.3", "-q"], ports);
  assert.deepEqual([exitCode, stdout], [2, ""]);
});

test("no socket of any kind: 2, and the two fixes once for all targets", async () => {
  const ports = new FakePorts();
  ports.ping.refuseOpen = "not-permitted";
  const { exitCode, stderr } = await check(["192.0.2.0/24"], ports);
  assert.equal(exitCode, 2);
  assert.match(stderr, /^vipkit check icmp: open ICMP socket: .*\(not-permitted\)\n$/);
});

test("JSON tells the method and the time", async () => {
  const { stdout } = await check(["-j", "192.0.2.1"]);
  assertPartly(JSON.parse(stdout), {
    kind: "icmp",
    target: "192.0.2.1",
    verdict: "up",
    facts: { method: "dgram", rtt_ms: 12, ttl: 64 },
  });
});

test("the options reach the socket", async () => {
  const options = ["--ttl", "3", "--tos", "16", "--df", "--source", "192.0.2.9", "-I", "eth0"];
  const { ports } = await check([...options, "--mark", "7", "--size", "0", "192.0.2.1"]);
  const [socket] = ports.ping.opened;
  assertPartly(socket, {
    family: 4,
    ttl: 3,
    tos: 16,
    dontFragment: true,
    source: ip("192.0.2.9"),
    ifName: "eth0",
    mark: 7,
  });
  assert.equal(ports.ping.sent[0]?.request.length, 8);
});

test("-c asks so often, --interval apart", async () => {
  const { ports, stdout } = await check(["-j", "-c", "3", "--interval", "1s", "192.0.2.1"]);
  assert.equal(ports.ping.sent.length, 3);
  assertPartly(JSON.parse(stdout), { checks: 3, up: 3, loss_pct: 0, avg_ms: 12 });
});

test("what cannot be meant is refused in one line", async () => {
  for (const [argv, reason] of [
    [["fe80::1"], /link-local/],
    [["-4", "2001:db8::1"], /no IPv4 address/],
    [["--size", "65508", "192.0.2.1"], /--size/],
    [[], /no target/],
  ] as const) {
    const { exitCode, stderr } = await check(argv);
    assert.equal(exitCode, 2);
    assert.match(stderr, reason);
    assert.equal(stderr.split("\n").length, 2);
  }
});
