import assert from "node:assert/strict";
import test from "node:test";
import { vrrpHistory } from "../../../../src/commands/vrrp/history.ts";
import { runInProcess } from "../../../support/cli.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { unnamedKeys } from "../../../support/manual.ts";
import { fromHex } from "../../../support/packets.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { readCapture } from "../../../support/read-capture.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";

const run = new FakeRun();
await run.pass(4000);
const history = (...words: string[]) =>
  runInProcess(["vrrp", "history", ...words], { ports: run.ports });

test("each transition is a line with its time and cause, oldest first", async () => {
  const { exitCode, stdout } = await history();
  assert.equal(exitCode, 0);
  assert.deepEqual(stdout.split("\n"), [
    "2026-01-02T00:00:00.000Z  INIT -> BACKUP  cause=started",
    "2026-01-02T00:00:03.609Z  BACKUP -> MASTER  cause=advert-timeout last=none age=3.609s limit=3.609s",
    "",
  ]);
});

test("with -v each has a line below it with what else was so", async () => {
  const lines = (await history("-v", "-n", "1")).stdout.split("\n");
  assert.equal(lines[1], "  no advert heard; link up for 3.609s, timers 0s late, at most 0s");
});

test("-n tells the last ones alone", async () => {
  const { stdout } = await history("VI_1", "-n", "1", "-j");
  const { instance, transitions } = JSON.parse(stdout);
  assert.deepEqual([instance, transitions.length, transitions[0].to], ["VI_1", 1, "master"]);
});

test("the man page names every key of the record", async () => {
  const record = JSON.parse((await history("-j")).stdout);
  assert.deepEqual(unnamedKeys(record, vrrpHistory.description), []);
});

test("--pcap also saves what was on the wire, without --record", async () => {
  const bytes = fromHex(KEEPALIVED.v3Ip4);
  run.ports.captured.push(passingFrame(bytes, { wallNs: 5n }));
  const { exitCode, stdout, stderr } = await history("--pcap", "/tmp/x.pcapng", "-j");
  assert.deepEqual([exitCode, stderr], [0, ""]);
  const file = run.ports.files.contents.get("/tmp/x.pcapng") ?? new Uint8Array();
  const { packets, lostPackets } = readCapture(file);
  assert.deepEqual([packets.map((packet) => packet.bytes), lostPackets], [[bytes], 0]);
  const { pcap } = JSON.parse(stdout);
  assert.deepEqual(pcap, { file: "/tmp/x.pcapng", bytes: file.length, lost_frames: 0 });
  const inWords = await history("--pcap", "/tmp/x.pcapng");
  assert.equal(inWords.stderr, `/tmp/x.pcapng: ${file.length} bytes, 0 frames lost\n`);
});

test("a capture that breaks off is not saved, nor one of somebody else", async () => {
  const ports = new FakePorts();
  const answers = [
    [],
    ['{"pcapng":"AAAA"}'],
    ['{"error":"unknown request"}'],
    ['{"pcapng":"?"}', "x"],
  ];
  for (const lines of answers) {
    await ports.control.serve("a", (request, client) => {
      if (request.includes("history")) client.send('{"transitions":[]}');
      else for (const line of lines) client.send(line);
      client.end();
    });
    const { exitCode } = await runInProcess(["vrrp", "history", "--pcap", "/tmp/x"], { ports });
    assert.equal(exitCode, 2);
  }
  assert.equal(ports.files.contents.size, 0);
});

test("where several run, which one must be said", async () => {
  const ports = new FakePorts();
  await ports.control.serve("a", () => {});
  await ports.control.serve("b", () => {});
  const { exitCode, stderr } = await runInProcess(["vrrp", "history"], { ports });
  assert.equal(exitCode, 2);
  assert.match(stderr, /which router\? a, b/);
});

test("where nobody runs it cannot tell: exit 2", async () => {
  assert.equal((await runInProcess(["vrrp", "history"], { ports: new FakePorts() })).exitCode, 2);
});
