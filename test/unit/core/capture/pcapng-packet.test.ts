import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordRoom } from "../../../../src/core/capture/chunk.ts";
import { encodePcapngBlock } from "../../../../src/core/capture/pcapng.ts";
import { encodePcapngPacket } from "../../../../src/core/capture/pcapng-packet.ts";
import { capturePacket } from "../../../support/capture-packets.ts";

test("a packet is the same bytes as by the encoder of all blocks, whatever stood there before", () => {
  const room = new RecordRoom();
  const source = Uint8Array.from({ length: 3000 }, (_, n) => n + 1);
  for (const length of [0, 1, 2, 3, 4, 70, 3000]) {
    for (const direction of ["in", "out", null] as const) {
      for (const seconds of [0, 1, 1_700_000_000, 2 ** 32, 18_446_744_072]) {
        for (const nanoseconds of [0, 1, 999_999_999]) {
          const times = { seconds, nanoseconds };
          const place = { bytes: source, start: 0, end: length, wireBytes: 4000 };
          room.atLeast(1024).bytes.fill(0xa5);
          const written = encodePcapngPacket(
            capturePacket({ ...times, ...place, direction }),
            3,
            room,
          );
          const block = {
            kind: "packet",
            interfaceId: 3,
            wallNs: BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds),
            direction,
            wireBytes: 4000,
            bytes: source.subarray(0, length),
            comment: null,
          } as const;
          assert.deepEqual(new Uint8Array(written), encodePcapngBlock(block));
        }
      }
    }
  }
});

test("what cannot be written down is refused", () => {
  const refused = (changes: Parameters<typeof capturePacket>[0]) =>
    assert.throws(
      () => encodePcapngPacket(capturePacket(changes), 0, new RecordRoom()),
      RangeError,
    );
  refused({ wireBytes: 2 });
  refused({ wireBytes: 2 ** 32 });
  refused({ seconds: 2 ** 35 });
  refused({ seconds: -1 });
});
