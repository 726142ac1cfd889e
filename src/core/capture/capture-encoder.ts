/** Writes packets as a capture, pcapng or classic pcap: what each file begins with, and a packet after the other. */
import { RecordRoom } from "./chunk.ts";
import { LINKTYPE } from "./link-type.ts";
import type { CapturePacket } from "./packet.ts";
import { encodePcapHead, encodePcapRecord, MAX_SNAP_BYTES } from "./pcap.ts";
import { encodePcapngBlock } from "./pcapng.ts";
import { encodePcapngPacket } from "./pcapng-packet.ts";

/** What packets come from. */
export type CaptureSource = Pick<CapturePacket, "interfaceName" | "linkType">;

/** One file. */
export interface CaptureEncoder {
  /** What it begins with; to be asked for once, before all else. */
  head(): Uint8Array;
  /** Whether it can hold packets of another link type than those before. */
  takes(linkType: number): boolean;
  /** Good until the next call. @throws RangeError unless it takes its link type */
  packet(packet: CapturePacket): Uint8Array;
  /** What it ends with. @param lost packets that were dropped, as far as it was known at that time */
  tail(lost?: LostPackets): Uint8Array;
}

export interface LostPackets {
  readonly packets: number;
  readonly wallNs: bigint; // since 1970
}

export type CaptureFormat = "pcap" | "pcapng";

/** The one that a name asks for. */
export const formatOfName = (path: string): CaptureFormat =>
  /\.(pcap|cap)$/i.test(path) ? "pcap" : "pcapng";

/** @param sources that are known before the first packet; others may follow */
export const captureEncoder = (
  format: CaptureFormat,
  sources: readonly CaptureSource[],
): CaptureEncoder => (format === "pcap" ? new PcapEncoder(sources) : new PcapngEncoder(sources));

/** Has one link type for all: that of the first source, or else of the first packet. */
class PcapEncoder implements CaptureEncoder {
  #linkType: number | undefined;
  #state: "begun" | "empty" = "empty";
  readonly #room = new RecordRoom();

  constructor([first]: readonly CaptureSource[]) {
    this.#linkType = first?.linkType;
  }

  head(): Uint8Array {
    if (this.#linkType === undefined) return NOTHING; // it follows with the first packet
    this.#state = "begun";
    return encodePcapHead(this.#linkType);
  }

  takes(linkType: number): boolean {
    return this.#linkType === undefined || this.#linkType === linkType;
  }

  packet(packet: CapturePacket): Uint8Array {
    if (!this.takes(packet.linkType)) throw new RangeError("a second link type in a pcap file");
    this.#linkType = packet.linkType;
    const record = encodePcapRecord(packet, this.#room);
    return this.#state === "begun" ? record : joined(this.head(), record);
  }

  tail(): Uint8Array {
    if (this.#state === "begun") return NOTHING;
    this.#linkType ??= LINKTYPE.ethernet; // there was none
    return this.head();
  }
}

/** Describes each interface before its first packet. */
class PcapngEncoder implements CaptureEncoder {
  readonly #sources: readonly CaptureSource[];
  /** By link type and name. */
  readonly #ids = new Map<string, number>();
  readonly #room = new RecordRoom();

  constructor(sources: readonly CaptureSource[]) {
    this.#sources = sources;
  }

  head(): Uint8Array {
    return joined(SECTION, ...this.#sources.map((source) => this.#describe(source)));
  }

  takes(): boolean {
    return true;
  }

  packet(packet: CapturePacket): Uint8Array {
    const described = this.#describe(packet);
    const interfaceId = this.#ids.get(keyOf(packet)) ?? 0;
    return joined(described, encodePcapngPacket(packet, interfaceId, this.#room));
  }

  /** With one number for all interfaces, said of the first. */
  tail(lost?: LostPackets): Uint8Array {
    if (lost === undefined || this.#ids.size === 0) return NOTHING;
    const { packets, wallNs } = lost;
    const lostPackets = BigInt(packets);
    return encodePcapngBlock({ kind: "statistics", interfaceId: 0, wallNs, lostPackets });
  }

  /** @returns nothing where it is described already */
  #describe(source: CaptureSource): Uint8Array {
    const key = keyOf(source);
    if (this.#ids.has(key)) return NOTHING;
    const isFull = this.#ids.size === MAX_INTERFACES; // a capture that is read may name any number
    if (isFull) this.#ids.clear();
    this.#ids.set(key, this.#ids.size);
    const described = encodePcapngBlock({
      kind: "interface",
      linkType: source.linkType,
      snapBytes: MAX_SNAP_BYTES,
      name: source.interfaceName === "" ? null : source.interfaceName,
    });
    return isFull ? joined(SECTION, described) : described;
  }
}

const keyOf = ({ linkType, interfaceName }: CaptureSource): string =>
  `${linkType} ${interfaceName}`;

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const [first, ...more] = parts.filter(({ length }) => length > 0);
  if (more.length === 0) return first ?? NOTHING;
  const all = [first ?? NOTHING, ...more];
  const whole = new Uint8Array(all.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of all) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const NOTHING = new Uint8Array();
const SECTION = encodePcapngBlock({ kind: "section", application: "vipkit", comment: null });
const MAX_INTERFACES = 4096; // of a section
