/** A live interface and a capture give the same report, each with its own end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type SniffSource, sniff } from "../../../../src/app/sniff/sniff.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { packetOf, pcapOf } from "../../../support/pcap-file.ts";
import { capturedAdvert, WatchedSession } from "../../../support/sniff-session.ts";
import { advertPacket, START_MS } from "../../../support/sniffed.ts";

const LIVE: SniffSource = {
  kind: "live",
  ifName: "eth0",
  join: false,
  family: undefined,
  forMs: 3000,
  untilSettled: false,
};

function sniffing(source: SniffSource, ports = new FakePorts()) {
  const { session, onPause, shown } = new WatchedSession();
  let listening = 0;
  const onListening = (): void => {
    listening += 1;
  };
  const { signal } = new AbortController();
  const ended = sniff(source, session, ports, [signal], { onListening, onPause });
  return { ports, shown, ended, listening: () => listening };
}

test("an interface is heard for its time, and what the kernel dropped is in the report", async () => {
  const ports = new FakePorts();
  ports.captured.push(capturedAdvert());
  ports.lostFrames = 7;
  const { shown, ended, listening } = sniffing(LIVE, ports);
  const { endMs, trouble, summary } = await ports.clock.passUntil(ended);
  assert.deepEqual([shown, listening()], [["advert 10.0.0.2"], 1]);
  assert.deepEqual([endMs, trouble], [START_MS + 3000, null]);
  assert.equal(summary.kernel_drops, 7);
  assert.equal(ports.open, 0);
});

test("a capture ends with its last packet, and what is wrong with it is told", async () => {
  const ports = new FakePorts();
  const whole = pcapOf([packetOf(advertPacket().bytes, 1)]);
  ports.files.contents.set("/a.pcap", whole.subarray(0));
  ports.files.contents.set("/cut.pcap", Uint8Array.of(...whole, 1, 2, 3));
  const good = sniffing({ kind: "file", path: "/a.pcap" }, ports);
  assert.equal((await good.ended).trouble, null);
  assert.deepEqual([good.shown.length, good.listening()], [1, 0]);
  const cut = await sniffing({ kind: "file", path: "/cut.pcap" }, ports).ended;
  assert.notEqual(cut.trouble, null);
  assert.equal(cut.summary.kernel_drops, null);
});

test("a source that is not there is no report", async () => {
  const missing = sniffing({ kind: "file", path: "/none" }).ended;
  await assert.rejects(missing, { code: "ENOENT" });
  await assert.rejects(sniffing({ ...LIVE, ifName: "eth9" }).ended);
});
