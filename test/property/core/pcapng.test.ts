import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodePcapng, encodePcapngBlock } from "../../../src/core/wire/pcapng.ts";
import { anyBytes, mutatedOf, pcapngBlocks } from "../../support/arbitraries.ts";
import { decodedOf } from "../../support/packets.ts";

const encode = (blocks: readonly Parameters<typeof encodePcapngBlock>[0][]): Uint8Array =>
  Uint8Array.from(blocks.flatMap((block) => [...encodePcapngBlock(block)]));

test("what is encoded decodes to the same blocks", () => {
  fc.assert(
    fc.property(pcapngBlocks, (blocks) => {
      assert.deepEqual(decodedOf(decodePcapng(encode(blocks))), blocks);
    }),
  );
});

test("any bytes are blocks or a fault that lies within them", () => {
  const broken = pcapngBlocks.map(encode).chain((file) => mutatedOf([file]));
  fc.assert(
    fc.property(fc.oneof(anyBytes, broken), (bytes) => {
      const result = decodePcapng(bytes);
      if (result.ok) return;
      assert.match(result.fault.code, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(result.fault.offset >= 0 && result.fault.offset <= bytes.length);
    }),
    { numRuns: 1000 },
  );
});
