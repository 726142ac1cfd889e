/** `check tcp` as it is typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ByteStream } from "../../../../src/io/ports.ts";
import { runInProcess } from "../../../support/cli.ts";
import { quietStream } from "../../../support/fake-net.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const run = (ports: FakePorts, ...words: readonly string[]) =>
  runInProcess(["check", "tcp", ...words], { ports });

function open(): FakePorts {
  const ports = new FakePorts();
  ports.net.ports.set("10.0.0.5:22", quietStream());
  return ports;
}

test("a line for each target, and 0 where all are up", async () => {
  const { exitCode, stdout } = await run(open(), "10.0.0.5:22");
  assert.equal(exitCode, 0);
  assert.match(stdout, /^10\.0\.0\.5:22 {2}UP {2}L4OK {2}0\.00ms {2}connected\n$/);
});

test("1 where one is down, 2 where we could not ask", async () => {
  const ports = open();
  assert.equal((await run(ports, "10.0.0.5:22", "10.0.0.6:22")).exitCode, 1);
  ports.net.ports.set("10.0.0.7:22", "EMFILE");
  const { exitCode, stdout } = await run(ports, "10.0.0.7:22");
  assert.equal(exitCode, 2);
  assert.match(stdout, /UNKNOWN {2}SOCKERR/);
});

test("sends and expects are one dialogue, in the order in which they stand", async () => {
  const ports = open();
  const log: string[] = [];
  const answers = ["first", "second"];
  const talker: ByteStream = {
    read: async () => {
      log.push("read");
      const next = answers.shift();
      return next === undefined ? undefined : new TextEncoder().encode(next);
    },
    write: async (bytes) => void log.push(new TextDecoder().decode(bytes)),
    close: (how) => void log.push(how),
  };
  ports.net.ports.set("10.0.0.5:25", talker);
  const words = ["--expect", "first", "--send=A\\n", "--send", "B", "--expect=re:sec.nd"];
  const { exitCode, stdout } = await run(ports, "10.0.0.5:25", ...words, "-j");
  assert.deepEqual(log, ["read", "A\n", "B", "read", "fin"]);
  assert.equal(exitCode, 0);
  const { class: code, facts } = JSON.parse(stdout);
  assert.deepEqual([code, facts.banner], ["L7OK", "firstsecond"]);
});

test("a banner is told without what a terminal would obey", async () => {
  const ports = open();
  const bytes = new TextEncoder().encode("\x1b]0;x\x07\u009b\r\n");
  ports.net.ports.set("10.0.0.5:25", { ...quietStream(), read: async () => bytes });
  const { stdout } = await run(ports, "10.0.0.5:25", "--banner");
  assert.match(stdout, /L7OK.*"\\u001b\]0;x\\u0007\\x9b"/);
});

test("what cannot be meant is refused before anything is asked", async () => {
  const refused: [string[], RegExp][] = [
    [["10.0.0.5"], /has no port/],
    [["10.0.0.5:22", "--send", "\\q"], /--send .*which is none of/],
    [["10.0.0.5:22", "--expect", "re:("], /--expect .*no regular expression/],
    [["10.0.0.5:22", "--sni", "a"], /--sni says nothing without --tls/],
    [["10.0.0.5:22", "-k"], /--no-verify says nothing without --tls/],
    [["10.0.0.5:22", "--tls", "--cert", "x"], /--cert and --key belong together/],
    [["10.0.0.5:22", "--tls", "--alpn", ""], /1 to 255 bytes/],
  ];
  for (const [words, reason] of refused) {
    const ports = open();
    const { exitCode, stderr } = await run(ports, ...words);
    assert.equal(exitCode, 2);
    assert.match(stderr, reason);
    assert.deepEqual(ports.net.connected, []);
  }
});
