/** What `CaptureReader` makes of a whole capture, given in chunks of any size. */
import { CaptureReader } from "../../src/core/capture/capture-reader.ts";

/** A copy of all that was said of a packet. */
export interface ReadPacket {
  readonly wallNs: bigint; // since 1970
  readonly linkType: number;
  readonly interfaceName: string;
  readonly direction: "in" | "out" | null;
  readonly wireBytes: number;
  readonly bytes: Uint8Array;
}

export interface ReadCapture {
  readonly packets: readonly ReadPacket[];
  readonly fault: CaptureReader["fault"];
  readonly format: CaptureReader["format"];
  readonly lostPackets: number | null;
  readonly oversizedPackets: number;
}

/** @param chunkBytes of each chunk, in turn; as a whole without */
export function readCapture(file: Uint8Array, chunkBytes: readonly number[] = []): ReadCapture {
  const packets: ReadPacket[] = [];
  const reader = new CaptureReader(({ seconds, nanoseconds, bytes, start, end, ...packet }) => {
    const wallNs = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
    packets.push({ ...packet, wallNs, bytes: new Uint8Array(bytes.subarray(start, end)) });
  });
  let at = 0;
  for (let n = 0; at < file.length; n += 1) {
    const length = chunkBytes[n % chunkBytes.length] ?? file.length;
    // Reused, as a port does: what is kept of it for later is lost.
    const chunk = new Uint8Array(file.subarray(at, at + length));
    reader.push(chunk);
    chunk.fill(0xa5);
    at += length;
  }
  reader.end();
  const { fault, format, lostPackets, oversizedPackets } = reader;
  return { packets, fault, format, lostPackets, oversizedPackets };
}

/** The packets of a capture that must be whole. */
export function packetsIn(file: Uint8Array): readonly ReadPacket[] {
  const { packets, fault } = readCapture(file);
  if (fault !== undefined) throw new Error(JSON.stringify(fault));
  return packets;
}
