/** A frame that passes `eth0` of the fake ports, as a capture hands it over. */
import type { CapturedFrame } from "../../src/io/capture-ports.ts";

/** Comes in when it is asked for, unless `changes` say otherwise. */
export const passingFrame = (
  bytes: Uint8Array,
  changes: Partial<CapturedFrame> = {},
): CapturedFrame => ({
  wallNs: 0n,
  direction: "in",
  ifIndex: 2,
  linkType: 1,
  wireBytes: bytes.length,
  bytes,
  ...changes,
});
