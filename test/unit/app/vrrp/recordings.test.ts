/** The files that a router leaves behind about its transitions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { outdated } from "../../../../src/app/vrrp/recordings.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { fromHex } from "../../../support/packets.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { packetsIn, readCapture } from "../../../support/read-capture.ts";
import { advertOfPeer, vip, vrrpConfig } from "../../../support/vrrp.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";

const record = { recordDirectory: "/rec" };
/** Of 2026-01-02, where the clock of `FakePorts` begins; a MASTER after 3.609 s. */
const STARTED = "VI_1-20260102T000000.000Z-init-backup";
const TOOK_OVER = "VI_1-20260102T000003.609Z-backup-master";

test("each transition leaves a capture and its events, two seconds later", async () => {
  const run = new FakeRun({}, record);
  const { files, captured } = run.ports;
  await run.pass(1999);
  assert.deepEqual(files.names, []);
  await run.pass(1);
  assert.deepEqual(files.names, [`${STARTED}.pcapng`, `${STARTED}.ndjson`]);
  const bytes = fromHex(KEEPALIVED.v3Ip4);
  captured.push(passingFrame(bytes, { wallNs: 5n, direction: "out", wireBytes: 60 }));
  await run.pass(5000);
  assert.deepEqual(files.names.slice(2), [`${TOOK_OVER}.pcapng`, `${TOOK_OVER}.ndjson`]);

  const capture = files.contents.get(`/rec/${TOOK_OVER}.pcapng`) ?? new Uint8Array();
  assert.deepEqual(readCapture(capture), {
    packets: [
      {
        wallNs: 5n,
        linkType: 1,
        interfaceName: "eth0",
        direction: "out",
        wireBytes: 60,
        bytes,
      },
    ],
    fault: undefined,
    format: "pcapng",
    lostPackets: 0,
    oversizedPackets: 0,
  });
  const lines = new TextDecoder().decode(files.contents.get(`/rec/${TOOK_OVER}.ndjson`));
  const events = lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    events.filter(({ type }) => type === "transition").map(({ to }) => to),
    ["backup", "master"],
  );
  assert.deepEqual(events.at(-1), { ...events.at(-1), type: "address", address: "10.0.0.100/24" });
});

test("transitions soon after one another share a pair", async () => {
  const run = new FakeRun({ config: vrrpConfig({ adverIntervalMs: 100 }) }, record);
  await run.pass(2000);
  assert.deepEqual(run.ports.files.names, [
    "VI_1-20260102T000000.000Z-init-master.pcapng",
    "VI_1-20260102T000000.000Z-init-master.ndjson",
  ]);
});

test("a router that flaps writes a pair every five seconds at most", async () => {
  const run = new FakeRun({ config: vrrpConfig({ adverIntervalMs: 100 }) }, record);
  await run.pass(2000); // a pair of what was until now
  for (let i = 0; i < 4; i++) {
    run.ports.receive("10.0.0.9", advertOfPeer("10.0.0.9", 200));
    await run.pass(500);
    run.ports.receive("10.0.0.9", advertOfPeer("10.0.0.9", 0));
    await run.pass(500); // master again
  }
  assert.equal(run.ports.files.names.length, 2);
  await run.pass(1000);
  assert.deepEqual(run.ports.files.names.slice(2), [
    "VI_1-20260102T000002.000Z-master-master.pcapng",
    "VI_1-20260102T000002.000Z-master-master.ndjson",
  ]);
});

test("the end is written before the process ends, and nothing stays open", async () => {
  const run = new FakeRun({}, record);
  await run.pass(2500);
  run.stop.abort();
  await run.ended;
  assert.equal(run.ports.files.names.at(-1), "VI_1-20260102T000002.500Z-backup-init.ndjson");
  assert.equal(run.ports.open, 0);
});

test("a full disk is trouble and nothing more: the next transition is written again", async () => {
  const run = new FakeRun({}, record);
  run.ports.files.refuse = "ENOSPC";
  await run.pass(2500);
  assert.deepEqual(
    run.told.filter((text) => text.startsWith("trouble")),
    [`trouble: no recording: write /rec/${STARTED}.pcapng: ENOSPC`],
  );
  run.ports.files.refuse = undefined;
  await run.pass(5000);
  assert.deepEqual(run.ports.files.names, [`${TOOK_OVER}.pcapng`, `${TOOK_OVER}.ndjson`]);
});

test("a router that is not given frames says so and goes on", async () => {
  const ports = new FakePorts();
  ports.refuseCapture = "EPERM";
  const run = new FakeRun({}, { ...record, ports });
  await run.pass(6000);
  assert.deepEqual(run.told.slice(0, 1), [
    "trouble: records no frames: socket eth0: the kernel refuses (EPERM)",
  ]);
  assert.equal(run.told.at(-1), "backup>master advert-timeout");
});

test("with more addresses than a filter could name frames are recorded all the same", async () => {
  const vips = Array.from({ length: 80 }, (_, index) => vip(`fd00::${index + 1}/64`));
  const excludedVips = Array.from({ length: 1500 }, (_, index) => vip(`fd01::${index + 1}/64`));
  const run = new FakeRun({ family: 6, vips, excludedVips }, record);
  await run.pass(1000);
  assert.ok(run.told.includes("init>backup started"));
  assert.doesNotMatch(run.told.join("\n"), /trouble/);
});

test("without a directory nothing is written", async () => {
  const run = new FakeRun();
  await run.pass(10_000);
  assert.deepEqual(run.ports.files.names, []);
});

test("a password is in no recording", async () => {
  const run = new FakeRun({}, record);
  const bytes = fromHex(KEEPALIVED.v2Pass);
  run.ports.captured.push(passingFrame(bytes, { wallNs: 5n }));
  await run.pass(2000);
  const capture = run.ports.files.contents.get(`/rec/${STARTED}.pcapng`) ?? new Uint8Array();
  assert.equal(packetsIn(capture).length, 1);
  const text = new TextDecoder().decode(capture);
  assert.doesNotMatch(text, /s3cret/);
  assert.match(text, /the password is blanked, the checksum is not/);
});

test("the latest 20 pairs of the router are kept, and everything that is not of it", () => {
  const pair = (router: string, second: number) => {
    const time = `20260102T0000${String(second).padStart(2, "0")}.000Z`;
    return [`${router}-${time}-backup-master.pcapng`, `${router}-${time}-backup-master.ndjson`];
  };
  const ours = Array.from({ length: 22 }, (_, second) => pair("a", second)).flat();
  const others = [...pair("a-b", 0), "a-notes.pcapng", "a-20260102T000000.000Z-x.pcapng.gz", "b"];
  const names = [...others, ...ours.toReversed()];
  const newest = "a-20260102T000021.000Z-backup-master";
  const gone = new Set([...pair("a", 0), ...pair("a", 1)]);
  assert.deepEqual(new Set(outdated(names, "a", newest)), gone);
  assert.deepEqual(outdated(names, "a-b", newest), []);
  const halfWritten = `.${pair("a", 0)[0]}.0k3x.tmp`;
  const notOurs = [`.${pair("a-b", 0)[0]}.0k3x.tmp`, ".tmp", ".a.0k3x.tmp"];
  assert.deepEqual(outdated([halfWritten, ...notOurs], "a", newest), [halfWritten]);
  // Written just now by a clock that went back: it stays, and the oldest of the others goes too.
  const wentBack = "a-20260102T000000.000Z-backup-master";
  const goneThen = new Set([...pair("a", 1), ...pair("a", 2)]);
  assert.deepEqual(new Set(outdated(names, "a", wentBack)), goneThen);
});
