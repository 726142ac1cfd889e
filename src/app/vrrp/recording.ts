/** What a flight recorder has, as a pcapng capture and as NDJSON: pieces of a few KB, made as they are asked for. */
import { formatBase64 } from "../../core/base64.ts";
import { LINKTYPE } from "../../core/capture/link-type.ts";
import { encodePcapngBlock, type PcapngPacket } from "../../core/capture/pcapng.ts";
import type { RecordRing, RingPlace } from "../../core/record-ring.ts";
import type { CapturedFrame } from "../../io/ports.ts";

export interface Recording {
  readonly title: string; // what it is of
  readonly ifName: string;
  readonly wallMs: number; // of its end
  readonly snapBytes: number;
  readonly lostFrames: number;
  readonly frames: RingPart;
  readonly events: RingPart;
}

/** A ring up to a place; what it has lost since is left out. */
export interface RingPart {
  readonly ring: RecordRing;
  readonly end: RingPlace;
}

/** What stands before the bytes of a frame in the ring. Good until the next call. */
export function encodeFrameHead(frame: CapturedFrame, blanked: boolean): Uint8Array {
  head.setBigUint64(0, BigInt.asUintN(64, frame.wallNs));
  head.setUint32(8, frame.wireBytes);
  head.setUint8(12, frame.direction === "out" ? 1 : 0);
  head.setUint8(13, blanked ? 1 : 0);
  return headBytes;
}

export function* pcapngOf({
  title,
  ifName,
  wallMs,
  ...recording
}: Recording): Iterable<Uint8Array> {
  yield encodePcapngBlock({ kind: "section", application: "vipkit", comment: title });
  const { snapBytes, lostFrames, frames } = recording;
  const linkType = LINKTYPE.ethernet;
  yield encodePcapngBlock({ kind: "interface", linkType, snapBytes, name: ifName });
  yield* inPieces(frames, (record) => encodePcapngBlock(decodeFrame(record)));
  yield encodePcapngBlock({
    kind: "statistics",
    interfaceId: 0,
    wallNs: BigInt(Math.trunc(wallMs)) * 1_000_000n,
    lostPackets: BigInt(lostFrames),
  });
}

export const ndjsonOf = ({ events }: Recording): Iterable<Uint8Array> =>
  inPieces(events, (line) => line);

/** For who asks the running router: pieces of the capture, then what ends it. */
export function* recordingLines(recording: Recording): Iterable<string> {
  for (const piece of pcapngOf(recording)) {
    yield JSON.stringify({ pcapng: formatBase64(piece) } satisfies RecordingLine);
  }
  yield JSON.stringify({ lost_frames: recording.lostFrames } satisfies RecordingLine);
}

export type RecordingLine = { readonly pcapng: string } | { readonly lost_frames: number };

function* inPieces(
  { ring, end }: RingPart,
  encode: (record: Uint8Array) => Uint8Array,
): Iterable<Uint8Array> {
  let piece = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  for (
    let record = ring.next(0, end);
    record !== undefined;
    record = ring.next(record.after, end)
  ) {
    const bytes = encode(record.bytes);
    const full = filled + bytes.length > piece.length ? piece.subarray(0, filled) : NOTHING;
    if (full !== NOTHING) {
      piece = new Uint8Array(Math.max(PIECE_BYTES, bytes.length));
      filled = 0;
    }
    piece.set(bytes, filled); // before the reader gets a turn, in which the ring may write over them
    filled += bytes.length;
    if (full.length > 0) yield full;
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

function decodeFrame(record: Uint8Array): PcapngPacket {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  return {
    kind: "packet",
    interfaceId: 0,
    wallNs: view.getBigUint64(0),
    wireBytes: view.getUint32(8),
    direction: view.getUint8(12) === 1 ? "out" : "in",
    bytes: record.subarray(HEAD_BYTES),
    comment: view.getUint8(13) === 1 ? "the password is blanked, the checksum is not" : null,
  };
}

const HEAD_BYTES = 16;
const headBytes = new Uint8Array(HEAD_BYTES);
const head = new DataView(headBytes.buffer);
const PIECE_BYTES = 4096; // some hundred microseconds of work
const NOTHING = new Uint8Array();
