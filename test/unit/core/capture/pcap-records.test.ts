import assert from "node:assert/strict";
import { test } from "node:test";
import { capture, PCAP_HEAD, PCAP_RECORD } from "../../../support/capture-vectors.ts";
import { fromHex } from "../../../support/packets.ts";
import { packetsIn, readCapture } from "../../../support/read-capture.ts";

const READ = {
  wallNs: 1_000_001_000n,
  linkType: 1,
  interfaceName: "",
  direction: null,
  wireBytes: 3,
  bytes: fromHex("abcd"),
};
const LITTLE_HEAD = "d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000";
const LITTLE_RECORD = "01000000 01000000 02000000 03000000 abcd";
const NANOSECONDS = { ...READ, wallNs: 1_000_000_001n };

test("both byte orders, micro- and nanoseconds, and longer heads of records are read", () => {
  const twice = (head: string, record: string) => packetsIn(capture(head, record, record));
  assert.deepEqual(twice(PCAP_HEAD, PCAP_RECORD), [READ, READ]);
  assert.deepEqual(twice(LITTLE_HEAD, LITTLE_RECORD), [READ, READ]);
  const fine = twice(PCAP_HEAD.replace("a1b2c3d4", "a1b23c4d"), PCAP_RECORD);
  assert.deepEqual(fine, [NANOSECONDS, NANOSECONDS]);
  const littleFine = twice(LITTLE_HEAD.replace("d4c3b2a1", "4d3cb2a1"), LITTLE_RECORD);
  assert.deepEqual(littleFine, [NANOSECONDS, NANOSECONDS]);
  const longer = PCAP_RECORD.replace("abcd", "00000002 0800 00 00 abcd");
  assert.deepEqual(twice(PCAP_HEAD.replace("a1b2c3d4", "a1b2cd34"), longer), [READ, READ]);
});

test("the bits beside the link type are masked", () => {
  const withFcs = PCAP_HEAD.replace("00000001", "24000071");
  assert.equal(packetsIn(capture(withFcs, PCAP_RECORD))[0]?.linkType, 113);
});

test("a packet without bytes is one", () => {
  const empty = "00000001 00000001 00000000 00000003";
  const [first, second] = packetsIn(capture(PCAP_HEAD, empty, PCAP_RECORD));
  assert.deepEqual([first, second], [{ ...READ, bytes: new Uint8Array() }, READ]);
});

test("a fraction above a second carries over", () => {
  const late = PCAP_RECORD.replace("00000001 00000001", "00000001 002dc6c1");
  assert.equal(packetsIn(capture(PCAP_HEAD, late))[0]?.wallNs, 4_000_001_000n);
});

test("a length on the wire below that of the packet is not believed", () => {
  const lying = PCAP_RECORD.replace("00000003", "00000000");
  assert.equal(packetsIn(capture(PCAP_HEAD, lying))[0]?.wireBytes, 2);
});

test("each way of being broken has its code and the offset of its record", () => {
  const read = (...parts: string[]) => {
    const { packets, fault } = readCapture(capture(...parts));
    return [fault?.code, fault?.offset, packets.length];
  };
  const begun = [PCAP_HEAD, PCAP_RECORD]; // 24 and 18 bytes
  const tooLong = PCAP_RECORD.replace("00000002", "00040001");
  assert.deepEqual(read(...begun, tooLong, PCAP_RECORD), ["bad-length", 42, 1]);
  assert.deepEqual(read(...begun, PCAP_RECORD.replace("00000002", "ffffffff")), [
    "bad-length",
    42,
    1,
  ]);
  assert.deepEqual(read(...begun, PCAP_RECORD.slice(0, -2)), ["short", 42, 1]);
  assert.deepEqual(read(...begun, "00"), ["short", 42, 1]);
  assert.deepEqual(read(PCAP_HEAD.slice(0, -2)), ["short", 0, 0]);
  assert.deepEqual(read(PCAP_HEAD.replace("0002", "0003")), ["bad-version", 0, 0]);
});
