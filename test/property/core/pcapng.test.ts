import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodePcapngBlock, type PcapngBlock } from "../../../src/core/capture/pcapng.ts";
import { pcapngBlocks } from "../../support/arbitraries.ts";
import { readCapture } from "../../support/read-capture.ts";

const encode = (blocks: readonly PcapngBlock[]): Uint8Array =>
  Uint8Array.from(blocks.flatMap((block) => [...encodePcapngBlock(block)]));

test("what is encoded is read as the same packets and losses", () => {
  fc.assert(
    fc.property(pcapngBlocks, (blocks) => {
      const [, described, ...more] = blocks;
      assert.ok(described?.kind === "interface");
      const { packets, fault, lostPackets } = readCapture(encode(blocks));
      assert.equal(fault, undefined);
      const written = more.flatMap((block) => (block.kind === "packet" ? [block] : []));
      assert.deepEqual(
        packets,
        written.map(({ direction, wireBytes, bytes, wallNs }) => ({
          linkType: described.linkType,
          interfaceName: described.name ?? "",
          direction,
          wireBytes,
          wallNs,
          bytes,
        })),
      );
      const losses = more.flatMap((block) =>
        block.kind === "statistics" && block.lostPackets !== null ? [block.lostPackets] : [],
      );
      const last = losses.at(-1);
      if (last === undefined) assert.equal(lostPackets, null);
      else if (losses.every((lost) => lost < 2n ** 52n)) assert.equal(lostPackets, Number(last));
    }),
  );
});
