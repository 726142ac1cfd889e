import assert from "node:assert/strict";
import { test } from "node:test";
import { CaptureReader } from "../../../../src/core/capture/capture-reader.ts";
import { capture, PCAP_HEAD, PCAP_RECORD, SECTION } from "../../../support/capture-vectors.ts";
import { captureBytes, captureNames } from "../../../support/captures.ts";
import { readCapture } from "../../../support/read-capture.ts";

const COUNTS: Readonly<Record<string, number>> = {
  "arp-oobr.pcap": 2282,
  "arp-too-long-tha.pcap": 1,
  "keepalived-v2-ipv4.pcap": 6,
  "keepalived-v2-pass.pcap": 6,
  "keepalived-v3-ipv4-key7.pcap": 28,
  "keepalived-v3-ipv4-nanoseconds.pcap": 27,
  "keepalived-v3-ipv4-plain.pcap": 28,
  "keepalived-v3-ipv4.pcap": 27,
  "keepalived-v3-ipv4.pcapng": 27,
  "keepalived-v3-ipv6.pcap": 27,
  "keepalived-v3-unicast.pcap": 28,
  "vrrp-vrrp_print-oobr-2.pcap": 10,
  "vrrp-vrrp_print-oobr.pcap": 3,
  "vrrp.pcap": 165,
};

test("real captures are read to their end", () => {
  const counts = captureNames().map((name) => {
    const { packets, fault } = readCapture(captureBytes(name));
    return [name, fault?.code ?? packets.length];
  });
  assert.deepEqual(Object.fromEntries(counts), COUNTS);
});

test("a capture says the same in each of its formats", () => {
  const read = (name: string) => readCapture(captureBytes(`keepalived-v3-ipv4${name}`)).packets;
  assert.deepEqual(read("-nanoseconds.pcap"), read(".pcap"));
  assert.deepEqual(read(".pcapng"), read(".pcap"));
});

test("any split into chunks gives the same", () => {
  for (const name of ["keepalived-v3-ipv4.pcap", "keepalived-v3-ipv4.pcapng"]) {
    const file = captureBytes(name);
    const whole = readCapture(file);
    for (const chunkBytes of [1, 2, 3, 5, 7, 11, 13, 24, 27, 40, 100, 1000]) {
      assert.deepEqual(readCapture(file, [chunkBytes]), whole, `${name} in ${chunkBytes}`);
    }
  }
});

test("a capture that is cut gives all packets before that and where the cut one begins", () => {
  const file = captureBytes("keepalived-v3-ipv4.pcap"); // records of 16 and 78 bytes
  for (let length = 0; length < 24 + 3 * 94; length += 1) {
    const { packets, fault } = readCapture(file.slice(0, length), [64]);
    const count = Math.max(0, Math.floor((length - 24) / 94));
    assert.equal(packets.length, count);
    const offset = length < 24 ? 0 : 24 + count * 94;
    assert.deepEqual(
      fault,
      offset === length && length > 0 ? undefined : { code: "short", offset },
    );
  }
});

test("what is no capture is told as such by its first bytes", () => {
  for (const hex of ["1f8b0800", "00000000", "ffffffff", "0a0d0d0b"]) {
    const { fault, format } = readCapture(capture(hex, "00".repeat(100)), [3]);
    assert.deepEqual([fault, format], [{ code: "bad-magic", offset: 0 }, undefined]);
  }
  for (const hex of ["", "a1", "0a0d0d"]) {
    const { fault, format } = readCapture(capture(hex));
    assert.deepEqual([fault, format], [{ code: "short", offset: 0 }, undefined]);
  }
  assert.equal(readCapture(capture(PCAP_HEAD)).format, "pcap");
  assert.equal(readCapture(capture(SECTION)).format, "pcapng");
});

test("a packet is shown as soon as its last byte is there", () => {
  let count = 0;
  const reader = new CaptureReader(() => {
    count += 1;
  });
  for (const byte of capture(PCAP_HEAD, PCAP_RECORD)) {
    assert.equal(count, 0);
    reader.push(Uint8Array.of(byte));
  }
  assert.equal(count, 1);
});

test("the same object is given for each packet, and bytes are not copied where they stand whole", () => {
  const file = capture(PCAP_HEAD, PCAP_RECORD, PCAP_RECORD);
  const seen = new Set<unknown>();
  const reader = new CaptureReader((packet) => void seen.add(packet).add(packet.bytes));
  reader.push(file);
  assert.equal(seen.size, 2);
  assert.ok(seen.has(file));
});

test("a block that claims 4 GiB takes no memory while it comes", () => {
  const claims = [
    "0a0d0d0a fffffffc 1a2b3c4d 0001 0000 ffffffffffffffff",
    `${SECTION} 00000bad fffffffc`,
  ];
  for (const claim of [...claims, `${SECTION} 00000006 fffffffc`]) {
    const reader = new CaptureReader(() => assert.fail("no packet"));
    const before = process.memoryUsage().arrayBuffers;
    reader.push(capture(claim));
    const zeros = new Uint8Array(65_536);
    for (let pushed = 0; pushed < 2 ** 26; pushed += zeros.length) reader.push(zeros);
    const grown = process.memoryUsage().arrayBuffers - before;
    assert.ok(grown < 2 ** 21, `${grown} bytes`);
    reader.end();
    assert.equal(reader.fault?.code, "short");
  }
});
