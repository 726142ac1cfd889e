/** `check udp` as it is typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeUdp } from "../../../support/fake-udp.ts";

const run = (words: readonly string[], peer = new FakeUdp(() => [Uint8Array.of(0x0a, 0x42)])) => {
  const ports = new FakePorts();
  ports.net.udp.set("10.0.0.5:53", peer);
  return runInProcess(["check", "udp", "10.0.0.5:53", ...words], { ports });
};

test("the answer's begin may be masked, its length bounded, its bytes sought", async () => {
  const cases: [string[], number, RegExp][] = [
    [["--expect-hex", "0ax2"], 0, /L7OK/],
    [["--expect-hex", "0bxx"], 1, /L7RSP.*without "0bxx"/],
    [["--expect", "B"], 0, /L7OK/],
    [["--min-reply", "3"], 1, /L7RSP.*wanted are 3 to/],
    [["--max-reply", "2", "--reply"], 0, /L4OK/],
  ];
  for (const [words, status, line] of cases) {
    const { exitCode, stdout } = await run(words);
    assert.equal(exitCode, status, words.join(" "));
    assert.match(stdout, line);
  }
});

test("the payload is what was written, empty where nothing was", async () => {
  const peer = new FakeUdp(() => [Uint8Array.of(1)]);
  await run(["--send", "hex:00ff"], peer);
  await run([], peer);
  assert.deepEqual(peer.heard, [Uint8Array.of(0, 255), new Uint8Array()]);
});

test("a port that nobody has is down", async () => {
  const { exitCode, stdout } = await run([], new FakeUdp());
  assert.equal(exitCode, 1);
  assert.match(stdout, /DOWN {2}L4CON .*ICMP port unreachable/);
});

test("bounds that contradict, and payloads that fit no datagram, are refused", async () => {
  const swapped = await run(["--min-reply", "3", "--max-reply", "2"]);
  assert.equal(swapped.exitCode, 2);
  assert.match(swapped.stderr, /--min-reply 3 is more than --max-reply 2/);
  const long = await run(["--send", "x".repeat(65_508)]);
  assert.match(long.stderr, /longer than 65507 bytes/);
});
