import assert from "node:assert/strict";
import test from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeKernel } from "../../../support/fake-kernel.ts";

const send = (kernel: FakeKernel, line: string) =>
  runInProcess(["garp", "send", ...line.split(" ")], { ports: kernel.ports });
const fresh = () => new FakeKernel().addLink("eth0").addLink("eth1", false);

test("one round is one frame for each address, and is said", async () => {
  const kernel = fresh();
  const { exitCode, stdout } = await send(kernel, "-c 1 -I eth0 192.0.2.10 2001:db8::10");
  assert.equal(exitCode, 0);
  assert.equal(
    stdout,
    "192.0.2.10, 2001:db8::10: announced at 02:00:00:00:00:01 on eth0, 2 frames in 1 rounds\n",
  );
  assert.deepEqual(
    kernel.frames.map((frame) => Buffer.from(frame.subarray(12, 14)).toString("hex")),
    ["0806", "86dd"],
  );
  assert.equal(kernel.open, 0);
});

test("arping's letters choose the form of gratuitous ARP", async () => {
  for (const [line, operations] of [
    ["", [1]],
    ["-U", [1]],
    ["-A", [2]],
    ["-UA", [1, 2]],
    ["--form both", [1, 2]],
  ] as const) {
    const kernel = fresh();
    await send(kernel, `-c1 -I eth0 192.0.2.10 ${line}`.trim());
    assert.deepEqual(
      kernel.frames.map((frame) => frame[21]),
      operations,
      line,
    );
  }
});

test("JSON says what was sent, -q says nothing", async () => {
  const { stdout } = await send(fresh(), "-c 1 -I eth0 192.0.2.10 --src-mac 02:00:00:00:00:aa -j");
  assert.deepEqual(JSON.parse(stdout), {
    interface: "eth0",
    mac: "02:00:00:00:00:aa",
    addresses: ["192.0.2.10"],
    rounds: 1,
    frames_sent: 1,
  });
  for (const quiet of ["-q", "-qj"]) {
    assert.equal((await send(fresh(), `-c 1 -I eth0 192.0.2.10 ${quiet}`)).stdout, "");
  }
});

test("interrupted between two rounds it says what was sent, and the exit status is the signal's", async () => {
  const stop = new AbortController();
  const { ports } = fresh();
  const sent = runInProcess(["garp", "send", "-I", "eth0", "192.0.2.10"], {
    ports,
    stop,
    interruptedBy: "SIGINT",
  });
  await ports.clock.pass(300);
  stop.abort();
  const { exitCode, stdout, stderr } = await sent;
  assert.deepEqual([exitCode, stderr], [130, ""]);
  assert.match(stdout, /2 frames in 2 rounds$/m);
});

test("a link that is down and an unknown interface are no success, exit 2", async () => {
  const down = await send(fresh(), "-c 1 -I eth1 192.0.2.10");
  assert.deepEqual([down.exitCode, down.stdout], [2, ""]);
  assert.match(down.stderr, /switched off.*ip link set dev eth1 up/);
  const unknown = await send(fresh(), "-c 1 -I eth2 192.0.2.10");
  assert.equal(unknown.exitCode, 2);
  assert.match(unknown.stderr, /no such interface \(did you mean eth0\?\)/);
});

test("a missing permission names what is needed, and leaves nothing open", async () => {
  const kernel = fresh();
  kernel.ports.refuseOpen = "EPERM";
  const { exitCode, stderr } = await send(kernel, "-c 1 -I eth0 192.0.2.10");
  assert.equal(exitCode, 2);
  assert.match(stderr, /needs CAP_NET_RAW/);
  assert.equal(kernel.open, 0);
});

test("what cannot be meant is refused in one line", async () => {
  for (const [line, reason] of [
    ["-I eth0", /ADDR is missing/],
    ["-I eth0 192.0.2.10 -c 0", /--count "0" is not within 1\.\./],
    ["-I eth0 192.0.2.10 --interval 200", /has no unit/],
    ["-I eth0 192.0.2.10 --src-mac ff:ff:ff:ff:ff:ff", /MAC address of a group/],
    ["-I eth0 192.0.2.10 --to 1:2:3", /is no MAC address/],
    ["-I eth0 192.0.2.10 --form ask", /is none of request, reply, both/],
  ] as const) {
    const { exitCode, stderr } = await send(fresh(), line);
    assert.equal(exitCode, 2, line);
    assert.match(stderr, reason);
  }
});
