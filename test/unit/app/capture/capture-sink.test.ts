import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  CaptureSink,
  type CaptureSinkOptions,
  nameOfFile,
} from "../../../../src/app/capture/capture-sink.ts";
import { asRead, capturePacket } from "../../../support/capture-packets.ts";
import { FakeFiles } from "../../../support/fake-files.ts";
import { readCapture } from "../../../support/read-capture.ts";

const OPTIONS: CaptureSinkOptions = {
  path: "/c/one",
  sources: [{ interfaceName: "eth0", linkType: 1 }],
  fileBytes: null,
  fileCount: null,
  unbuffered: false,
};
const PACKET = capturePacket();
const RECORD_BYTES = 16 + 3; // in pcap

const read = (files: FakeFiles, path: string) =>
  readCapture(files.contents.get(path) ?? new Uint8Array());

test("what a capture begins with is in the file at once, packets at the end", () => {
  const files = new FakeFiles();
  const sink = new CaptureSink(files, OPTIONS);
  assert.equal(read(files, "/c/one").format, "pcapng");
  sink.write(PACKET);
  assert.deepEqual(read(files, "/c/one").packets, []);
  sink.close({ packets: 3, wallNs: 5n });
  sink.close();
  const { packets, lostPackets } = read(files, "/c/one");
  assert.deepEqual([packets, lostPackets, files.writing.size], [[asRead(PACKET)], 3, 0]);
});

test("unbuffered, each packet is in the file at once", () => {
  const files = new FakeFiles();
  const sink = new CaptureSink(files, { ...OPTIONS, unbuffered: true });
  sink.write(PACKET);
  assert.equal(read(files, "/c/one").packets.length, 1);
});

describe("a series of files", () => {
  /** Of pcap, one packet each. */
  function series(count: number, changes: Partial<CaptureSinkOptions>): FakeFiles {
    const files = new FakeFiles();
    const sink = new CaptureSink(files, {
      ...OPTIONS,
      path: "/c/x.pcap",
      fileBytes: 24,
      ...changes,
    });
    for (let n = 0; n < count; n += 1) sink.write(capturePacket({ seconds: n }));
    sink.close();
    return files;
  }
  const secondsIn = (files: FakeFiles) =>
    files.names.map((name) => [
      name,
      ...read(files, `/c/${name}`).packets.map(({ wallNs }) => wallNs / 1_000_000_000n),
    ]);

  test("goes on with numbered names, each a whole capture", () => {
    assert.deepEqual(secondsIn(series(3, {})), [
      ["x.pcap", 0n],
      ["x.pcap1", 1n],
      ["x.pcap2", 2n],
    ]);
  });

  test("comes round again where their number is limited", () => {
    assert.deepEqual(secondsIn(series(5, { fileCount: 3 })), [
      ["x.pcap0", 3n],
      ["x.pcap1", 4n],
      ["x.pcap2", 2n],
    ]);
    assert.deepEqual(secondsIn(series(5, { fileCount: 1 })), [["x.pcap", 4n]]);
  });

  test("begins the next one with the first packet after it is longer than allowed", () => {
    const fileBytes = 24 + RECORD_BYTES;
    assert.deepEqual(secondsIn(series(3, { fileBytes })), [
      ["x.pcap", 0n, 1n],
      ["x.pcap1", 2n],
    ]);
  });

  test("of pcapng describes its interfaces in each", () => {
    const files = new FakeFiles();
    const sink = new CaptureSink(files, { ...OPTIONS, fileBytes: 100 });
    const packets = ["eth0", "eth1", "eth1"].map((interfaceName) =>
      capturePacket({ interfaceName }),
    );
    for (const packet of packets) sink.write(packet);
    sink.close();
    const names = files.names.map((name) => read(files, `/c/${name}`).packets[0]?.interfaceName);
    assert.deepEqual(names, ["eth0", "eth1", "eth1"]);
  });

  test("has names with as many digits as the last one needs", () => {
    assert.deepEqual(
      [0, 1].map((number) => nameOfFile("f", number, null)),
      ["f", "f1"],
    );
    const first = [1, 2, 10, 11, 100, 101].map((count) => nameOfFile("f", 0, count));
    assert.deepEqual(first, ["f", "f0", "f0", "f00", "f00", "f000"]);
  });

  test("is over when the next file cannot be made", () => {
    const files = new FakeFiles();
    const sink = new CaptureSink(files, { ...OPTIONS, fileBytes: 1 });
    sink.close();
    files.refuse = "EROFS";
    assert.throws(() => sink.write(PACKET), { code: "EROFS", subject: "/c/one1" });
    sink.close();
  });
});

test("a packet of another link type is refused by classic pcap, with what would help", () => {
  const files = new FakeFiles();
  const sink = new CaptureSink(files, { ...OPTIONS, path: "/c/x.pcap" });
  sink.write(PACKET);
  assert.throws(() => sink.write(capturePacket({ linkType: 276 })), {
    name: "SystemError",
    code: "other-link-type",
    message: /^write \/c\/x\.pcap: .*276.*\.pcapng/,
  });
  sink.close();
  assert.equal(read(files, "/c/x.pcap").packets.length, 1);
});

test("a file that cannot be made, and a full disk, are told", () => {
  const files = new FakeFiles();
  const sink = new CaptureSink(files, OPTIONS);
  files.refuse = "ENOSPC";
  sink.write(PACKET);
  assert.throws(() => sink.flush(), { code: "ENOSPC", subject: "/c/one" });
  assert.throws(() => new CaptureSink(files, OPTIONS), { code: "ENOSPC" });
});
