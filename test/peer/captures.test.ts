/** Captures of all kinds beside tcpdump and Wireshark's programs: theirs read by us, ours by them. */
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { CaptureSink } from "../../src/app/capture/capture-sink.ts";
import { captureEncoder } from "../../src/core/capture/capture-encoder.ts";
import { CaptureReader } from "../../src/core/capture/capture-reader.ts";
import type { CapturePacket } from "../../src/core/capture/packet.ts";
import { files } from "../../src/io/files.ts";
import { capturePacket } from "../support/capture-packets.ts";
import { CAPTURES, captureBytes, captureNames } from "../support/captures.ts";
import { labMissing } from "../support/netns.ts";
import { fromHex } from "../support/packets.ts";
import { packetsIn, readCapture } from "../support/read-capture.ts";
import { KEEPALIVED } from "../vectors/frames.ts";

function directoryFor(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "vipkit-captures-"));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** What it says on standard output. */
const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

describe("what editcap writes", { skip: labMissing("editcap") }, () => {
  for (const format of ["pcap", "nsecpcap", "modpcap", "pcapng"]) {
    test(`as ${format} is read as the same packets`, (t) => {
      const path = join(directoryFor(t), "theirs");
      for (const name of captureNames()) {
        run("editcap", "-F", format, join(CAPTURES, name), path);
        const { packets, fault } = readCapture(readFileSync(path), [4096]);
        assert.deepEqual([packets, fault], [packetsIn(captureBytes(name)), undefined], name);
      }
    });
  }
});

test("what mergecap joins, of two link types, is read as the packets of both", {
  skip: labMissing("mergecap"),
}, (t) => {
  const path = join(directoryFor(t), "theirs");
  const names = ["keepalived-v3-ipv6.pcap", "vrrp-vrrp_print-oobr.pcap"];
  run("mergecap", "-a", "-w", path, ...names.map((name) => join(CAPTURES, name)));
  const packets = packetsIn(readFileSync(path));
  const apart = names.flatMap((name) => packetsIn(captureBytes(name)));
  assert.deepEqual(
    packets.map((packet) => ({ ...packet, interfaceName: "" })),
    apart,
  );
});

const advert = fromHex(KEEPALIVED.v3Ip4);
const PACKETS = [
  { seconds: 1_700_000_000, nanoseconds: 1 },
  { seconds: 1_700_000_000, nanoseconds: 999_999_999 },
  { seconds: 2_100_000_000, nanoseconds: 500_000_000 },
].map((time) =>
  capturePacket({ ...time, bytes: advert, start: 0, end: advert.length, wireBytes: 60 }),
);

function write(path: string, packets: readonly CapturePacket[]): void {
  const encoder = captureEncoder(path.endsWith(".pcap") ? "pcap" : "pcapng", []);
  const head = encoder.head();
  const records = packets.map((packet) => new Uint8Array(encoder.packet(packet)));
  const parts = [head, ...records, encoder.tail()];
  writeFileSync(path, Buffer.concat(parts));
}

describe("what we write", { skip: labMissing("tcpdump", "tshark") }, () => {
  for (const name of ["ours.pcap", "ours.pcapng"]) {
    test(`${name} is read by tcpdump with all its packets, to the nanosecond`, (t) => {
      const path = join(directoryFor(t), name);
      write(path, PACKETS);
      const text = run("tcpdump", "-r", path, "-tt", "--time-stamp-precision=nano", "-n");
      assert.deepEqual(
        text.match(/^\d+\.\d{9}.*VRRPv3/gm)?.map((line) => line.split(" ")[0]),
        ["1700000000.000000001", "1700000000.999999999", "2100000000.500000000"],
      );
    });

    test(`${name} is read by tshark with times, lengths and link type`, (t) => {
      const path = join(directoryFor(t), name);
      const anyLink = PACKETS.map((packet) => ({ ...packet, linkType: 113 })); // Linux cooked
      write(path, anyLink);
      const fields = ["frame.time_epoch", "frame.len", "frame.cap_len", "frame.encap_type"];
      const asked = fields.flatMap((field) => ["-e", field]);
      const lines = run("tshark", "-r", path, "-T", "fields", ...asked)
        .trimEnd()
        .split("\n");
      const lengths = `60\t${advert.length}\t25`; // WTAP_ENCAP_SLL
      assert.deepEqual(lines, [
        `1700000000.000000001\t${lengths}`,
        `1700000000.999999999\t${lengths}`,
        `2100000000.500000000\t${lengths}`,
      ]);
    });
  }

  test("of several interfaces and link types is told apart by tshark", (t) => {
    const path = join(directoryFor(t), "ours.pcapng");
    const [packet] = PACKETS;
    assert.ok(packet !== undefined);
    write(path, [packet, { ...packet, interfaceName: "any", linkType: 276 }, packet]);
    const asked = ["frame.interface_name", "frame.encap_type"].flatMap((field) => ["-e", field]);
    const text = run("tshark", "-r", path, "-T", "fields", ...asked);
    assert.equal(text, "eth0\t1\nany\t210\neth0\t1\n");
  });
});

test("of a capture that is cut tcpdump reads as many packets as we do", {
  skip: labMissing("tcpdump"),
}, (t) => {
  const path = join(directoryFor(t), "cut");
  for (const name of ["keepalived-v3-ipv4.pcap", "keepalived-v3-ipv4.pcapng"]) {
    const file = captureBytes(name);
    for (const length of [200, 1000, 1001, file.length - 1, file.length]) {
      writeFileSync(path, file.slice(0, length));
      const theirs = spawnSync("tcpdump", ["-n", "-r", path], { encoding: "utf8" });
      const { packets, fault } = readCapture(file.slice(0, length));
      assert.equal(theirs.stdout.match(/ VRRPv3, /g)?.length ?? 0, packets.length, name);
      assert.equal(theirs.status === 0, fault === undefined, `${name} cut at ${length}`);
    }
  }
});

describe("a series of files", { skip: labMissing("tcpdump") }, () => {
  for (const fileCount of [null, 1, 3, 11]) {
    test(`of ${fileCount ?? "any number"} has the names and the packets that tcpdump's has`, (t) => {
      const directory = directoryFor(t);
      const [ours, theirs] = [join(directory, "ours"), join(directory, "theirs")];
      mkdirSync(ours);
      mkdirSync(theirs);
      const bytes = new Uint8Array(100_000);
      const packets = Array.from({ length: 45 }, (_, n) =>
        capturePacket({ bytes, start: 0, end: bytes.length, wireBytes: bytes.length, seconds: n }),
      );
      const whole = join(directory, "whole.pcap");
      write(whole, packets);
      const ring = fileCount === null ? [] : ["-W", String(fileCount)];
      run("tcpdump", "-Z", "root", "-r", whole, "-C", "1", ...ring, "-w", join(theirs, "x.pcap"));
      const sink = new CaptureSink(files, {
        path: join(ours, "x.pcap"),
        sources: [],
        fileBytes: 1_000_000,
        fileCount,
        unbuffered: false,
      });
      for (const packet of packets) sink.write(packet);
      sink.close();
      const content = (folder: string) =>
        readdirSync(folder)
          .sort()
          .map((name) => [name, timesIn(readFileSync(join(folder, name)))]);
      assert.deepEqual(content(ours), content(theirs));
    });
  }
});

const timesIn = (file: Uint8Array): readonly number[] =>
  packetsIn(file).map(({ wallNs }) => Number(wallNs / 1_000_000_000n));

test("each packet that tcpdump -U writes into a pipe is read at once", {
  skip: labMissing("tcpdump"),
}, async (t) => {
  const fifo = join(directoryFor(t), "fifo");
  execFileSync("mkfifo", [fifo]);
  const tcpdump = spawn("tcpdump", ["-Z", "root", "-U", "-r", "-", "-w", fifo], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  t.after(() => tcpdump.kill());
  const encoder = captureEncoder("pcap", [{ interfaceName: "", linkType: 1 }]);
  tcpdump.stdin.write(encoder.head());
  const left = [...PACKETS];
  const feed = (): void => {
    const packet = left.shift();
    if (packet === undefined) tcpdump.stdin.end();
    else tcpdump.stdin.write(encoder.packet(packet).slice()); // the next one when this one was seen
  };
  const seconds: number[] = [];
  const reader = new CaptureReader((packet) => {
    seconds.push(packet.seconds);
    feed();
  });
  feed();
  await files.read(fifo, (chunk) => reader.push(chunk), new AbortController().signal);
  reader.end();
  assert.deepEqual([seconds, reader.fault], [PACKETS.map((packet) => packet.seconds), undefined]);
});
