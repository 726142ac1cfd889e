import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type CaptureFormat,
  type CaptureSource,
  captureEncoder,
  formatOfName,
} from "../../../../src/core/capture/capture-encoder.ts";
import type { CapturePacket } from "../../../../src/core/capture/packet.ts";
import { asRead, capturePacket } from "../../../support/capture-packets.ts";
import { fromHex, toHex } from "../../../support/packets.ts";
import { readCapture } from "../../../support/read-capture.ts";

const ETH0: CaptureSource = { interfaceName: "eth0", linkType: 1 };
const PACKET = capturePacket();

/** A whole file. */
function written(
  format: CaptureFormat,
  sources: readonly CaptureSource[],
  packets: readonly CapturePacket[],
): Uint8Array {
  const encoder = captureEncoder(format, sources);
  const head = encoder.head();
  const records = packets.map((packet) => new Uint8Array(encoder.packet(packet)));
  const parts = [head, ...records, encoder.tail()];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

test("a name that ends in .pcap or .cap asks for pcap, any other for pcapng", () => {
  const formats = ["a.pcap", "a.CAP", "a.pcapng", "-", "pcap", "a.pcap1"].map(formatOfName);
  assert.deepEqual(formats, ["pcap", "pcap", "pcapng", "pcapng", "pcapng", "pcapng"]);
});

describe("pcap", () => {
  test("has nanoseconds, in little-endian order", () => {
    const hex = toHex(written("pcap", [ETH0], [PACKET]));
    assert.equal(
      hex,
      "4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000 00f15365 15cd5b07 03000000 3c000000 010203".replaceAll(
        " ",
        "",
      ),
    );
  });

  test("is of the link type of its first packet where no other is known, or Ethernet without any", () => {
    const packet = capturePacket({ linkType: 276 });
    assert.equal(readCapture(written("pcap", [], [packet])).packets[0]?.linkType, 276);
    assert.equal(toHex(written("pcap", [], []).subarray(20)), "01000000");
  });

  test("takes one link type alone", () => {
    const encoder = captureEncoder("pcap", []);
    assert.deepEqual([encoder.takes(1), encoder.takes(113)], [true, true]);
    encoder.head();
    encoder.packet(PACKET);
    assert.deepEqual([encoder.takes(1), encoder.takes(113)], [true, false]);
    assert.throws(() => encoder.packet(capturePacket({ linkType: 113 })), RangeError);
    assert.throws(() => encoder.packet(capturePacket({ wireBytes: 2 })), RangeError);
  });

  test("knows no time after 2106", () => {
    const late = capturePacket({ seconds: 2 ** 32 });
    const [packet] = readCapture(written("pcap", [ETH0], [late])).packets;
    assert.equal(packet?.wallNs, 4_294_967_295_123_456_789n);
  });
});

describe("pcapng", () => {
  test("keeps everything", () => {
    const packets = [
      PACKET,
      capturePacket({ direction: "in", bytes: fromHex("00"), start: 0, end: 0 }),
    ];
    const { packets: read, fault } = readCapture(written("pcapng", [ETH0], packets));
    assert.deepEqual([read, fault], [packets.map(asRead), undefined]);
  });

  test("describes an interface before its first packet, and once", () => {
    const packets = [
      PACKET,
      capturePacket({ interfaceName: "eth1" }),
      capturePacket({ linkType: 113 }),
      capturePacket({ interfaceName: "" }),
      PACKET,
      capturePacket({ interfaceName: "eth1" }),
    ];
    const file = written("pcapng", [ETH0], packets);
    assert.deepEqual(readCapture(file).packets, packets.map(asRead));
    const names = new TextDecoder("latin1").decode(file).match(/eth\d/g);
    assert.deepEqual(names, ["eth0", "eth1", "eth0"]);
  });

  test("has any number of interfaces, in as many sections as they need", () => {
    const packets = Array.from({ length: 5000 }, (_, n) =>
      capturePacket({ interfaceName: `eth${n}` }),
    );
    const { packets: read, fault } = readCapture(written("pcapng", [ETH0], packets));
    assert.deepEqual([read, fault], [packets.map(asRead), undefined]);
  });

  test("says at the end what was lost", () => {
    const encoder = captureEncoder("pcapng", [ETH0]);
    const file = [encoder.head(), encoder.tail({ packets: 7, wallNs: 1n })];
    assert.equal(readCapture(Uint8Array.from(file.flatMap((part) => [...part]))).lostPackets, 7);
    assert.equal(captureEncoder("pcapng", []).tail({ packets: 7, wallNs: 1n }).length, 0);
  });
});
