/** Captures of adverts for tests of what is read from them. */
import { captureEncoder } from "../../src/core/capture/capture-encoder.ts";
import type { CapturePacket } from "../../src/core/capture/packet.ts";
import { advertPacket, type Said } from "./sniffed.ts";

/** With names of interfaces and directions. */
export function pcapngOf(all: readonly (Said | CapturePacket)[]): Uint8Array {
  const encoder = captureEncoder("pcapng", []);
  const parts = [encoder.head().slice()];
  for (const one of all)
    parts.push(encoder.packet("bytes" in one ? one : advertPacket(one)).slice());
  parts.push(encoder.tail().slice());
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
