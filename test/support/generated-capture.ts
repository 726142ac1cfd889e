/**
 * Captures of any length: a classic pcap of the adverts of many virtual routers on one Ethernet, in the
 * order and at the pace in which keepalived would send them.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import type { IpBytes, MacBytes } from "../../src/core/addr.ts";
import { internetChecksum } from "../../src/core/checksum.ts";
import { randomFrom } from "../../src/core/seeded-random.ts";
import { encodeVrrp } from "../../src/core/wire/vrrp.ts";
import { groupFrame } from "./foreign.ts";

export interface CaptureShape {
  readonly adverts: number;
  readonly vrids: number; // 1..255, each with one master that advertises every second
  readonly version?: 2 | 3; // 3
  /** So often some virtual router changes its master; never when left out. */
  readonly failoverEveryMs?: number;
  readonly seed?: number; // of lateness and of who fails over
}

/** A change of master as it stands in the file. */
export interface GeneratedFailover {
  readonly vrid: number;
  readonly manner: "resigned" | "died"; // the old one, at `atMs`
  readonly atMs: number; // last advert of the old master, milliseconds since 1970
  readonly followedMs: number; // first advert of the new one
  readonly to: string; // its address
}

/**
 * Writes as it goes, so that memory does not grow with the number of adverts.
 * @returns all failovers whose new master was heard, in the order of `followedMs`
 */
export function writeCapture(path: string, shape: CaptureShape): GeneratedFailover[] {
  const file = new PcapFile(path);
  try {
    return generate(shape, file);
  } finally {
    file.close();
  }
}

/** One of the two hosts that share a virtual router. */
class Speaker {
  readonly address: string;
  readonly skewMs: number; // RFC 9568 section 6.1
  readonly #advert: Uint8Array;
  readonly #resignation: Uint8Array;
  #ipId = 0;

  constructor(vrid: number, priority: number, version: 2 | 3) {
    const host = (2 * vrid + (priority === PREFERRED ? 0 : 1)) % 0x10000;
    const source = Uint8Array.of(10, 0, host >>> 8, host & 0xff);
    // Every third one has the virtual MAC address, as with use_vmac.
    const vmac = vrid % 3 === 0;
    const sourceMac = vmac
      ? Uint8Array.of(0x00, 0x00, 0x5e, 0x00, 0x01, vrid)
      : Uint8Array.of(0x52, 0x54, 0x00, 0x00, host >>> 8, host & 0xff);
    this.address = source.join(".");
    this.skewMs = ((256 - priority) * INTERVAL_MS) / 256;
    const frame = (said: number) => padded(advert(vrid, said, version, source, sourceMac));
    this.#advert = frame(priority);
    this.#resignation = frame(0);
  }

  /** With the next number of its packets, and the checksum that follows. */
  frame(resigns: boolean): Uint8Array {
    const frame = resigns ? this.#resignation : this.#advert;
    this.#ipId = (this.#ipId % 0xffff) + 1;
    put16(frame, IP_ID_AT, this.#ipId);
    put16(frame, IP_CHECKSUM_AT, 0);
    put16(frame, IP_CHECKSUM_AT, internetChecksum(frame.subarray(IP_AT, IP_AT + IP_LENGTH)));
    return frame;
  }
}

/** A virtual router; times are milliseconds from the beginning of the capture. */
interface Pair {
  readonly vrid: number;
  master: Speaker;
  backup: Speaker;
  dueMs: number; // next advert
  leaves: GeneratedFailover["manner"] | undefined; // at its next advert
  left: { manner: GeneratedFailover["manner"]; atMs: number } | undefined; // the old master did
}

function generate(shape: CaptureShape, file: PcapFile): GeneratedFailover[] {
  const random = randomFrom(shape.seed ?? 1);
  const pairs = Array.from({ length: shape.vrids }, (_, index): Pair => {
    const speakers = [PREFERRED, OTHER].map(
      (priority) => new Speaker(index + 1, priority, shape.version ?? 3),
    );
    const [master, backup] = speakers as [Speaker, Speaker];
    const dueMs = random() * INTERVAL_MS;
    return { vrid: index + 1, master, backup, dueMs, leaves: undefined, left: undefined };
  });
  const failovers: GeneratedFailover[] = [];
  const everyMs = shape.failoverEveryMs ?? Number.POSITIVE_INFINITY;
  let failoverMs = everyMs;
  let resigns = false;
  for (let written = 0; written < shape.adverts; written += 1) {
    const pair = earliest(pairs);
    const atMs = pair.dueMs;
    if (atMs >= failoverMs) {
      failoverMs += everyMs;
      const chosen = pairs[Math.floor(random() * pairs.length)] as Pair;
      resigns = !resigns;
      if (chosen.left === undefined) chosen.leaves = resigns ? "resigned" : "died";
    }
    file.write(atMs, pair.master.frame(pair.leaves === "resigned"));
    if (pair.left !== undefined) failovers.push(failoverOf(pair, pair.left, atMs));
    pair.left = undefined;
    advance(pair, atMs, random());
  }
  return failovers;
}

/** What follows the advert of `atMs`: the next one, or the first of the other host. */
function advance(pair: Pair, atMs: number, chance: number): void {
  const { master, backup, leaves } = pair;
  if (leaves === undefined) {
    pair.dueMs = atMs + INTERVAL_MS + chance * LATEST_MS; // a timer is late, never early
    return;
  }
  pair.left = { manner: leaves, atMs };
  pair.leaves = undefined;
  [pair.master, pair.backup] = [backup, master];
  const waitedMs = leaves === "died" ? 3 * INTERVAL_MS : 0;
  pair.dueMs = atMs + waitedMs + backup.skewMs + chance * LATEST_MS;
}

const failoverOf = (
  { vrid, master }: Pair,
  { manner, atMs }: NonNullable<Pair["left"]>,
  followedMs: number,
): GeneratedFailover => ({
  vrid,
  manner,
  atMs: START_MS + atMs,
  followedMs: START_MS + followedMs,
  to: master.address,
});

function earliest(pairs: readonly Pair[]): Pair {
  let first = pairs[0] as Pair;
  for (const pair of pairs) if (pair.dueMs < first.dueMs) first = pair;
  return first;
}

/** Odd VRIDs have one address, even ones two. */
function advert(
  vrid: number,
  priority: number,
  version: 2 | 3,
  source: IpBytes,
  sourceMac: MacBytes,
): Uint8Array {
  const addresses = [1, 2].slice(vrid % 2).map((n) => Uint8Array.of(10, 0, 100 + n, vrid));
  const said = { vrid, priority, adverIntervalCs: INTERVAL_MS / 10, addresses };
  const carrier = { source, destination: GROUP };
  const payload =
    version === 3
      ? encodeVrrp({ version, ...said, checksum: "pseudo-header" }, carrier)
      : encodeVrrp({ version, ...said, auth: { type: "none" } }, carrier);
  return groupFrame(payload, { source, sourceMac });
}

/** As a network card receives it. */
function padded(frame: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.max(frame.length, 60));
  whole.set(frame);
  return whole;
}

/** Little-endian, microseconds, Ethernet (draft-ietf-opsawg-pcap). */
class PcapFile {
  readonly #fd: number;
  readonly #chunk = Buffer.alloc(CHUNK_BYTES);
  #length = 0;

  constructor(path: string) {
    this.#fd = openSync(path, "w");
    this.#u32(0xa1b2c3d4).#u32(0x00040002).#u32(0).#u32(0).#u32(SNAP_BYTES).#u32(LINKTYPE_ETHERNET);
  }

  write(atMs: number, frame: Uint8Array): void {
    if (this.#length + RECORD_BYTES + frame.length > CHUNK_BYTES) this.#flush();
    const atUs = Math.round(atMs * 1000);
    this.#u32(START_MS / 1000 + Math.floor(atUs / 1e6)).#u32(atUs % 1e6);
    this.#u32(frame.length).#u32(frame.length);
    this.#chunk.set(frame, this.#length);
    this.#length += frame.length;
  }

  close(): void {
    this.#flush();
    closeSync(this.#fd);
  }

  #flush(): void {
    for (let done = 0; done < this.#length; )
      done += writeSync(this.#fd, this.#chunk, done, this.#length - done);
    this.#length = 0;
  }

  #u32(value: number): this {
    this.#length = this.#chunk.writeUInt32LE(value, this.#length);
    return this;
  }
}

function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value & 0xff;
}

const START_MS = Date.UTC(2026, 0, 2);
const GROUP = Uint8Array.of(224, 0, 0, 18);
const INTERVAL_MS = 1000;
const LATEST_MS = 0.4;
const [PREFERRED, OTHER] = [150, 100];
const [IP_AT, IP_LENGTH, IP_ID_AT, IP_CHECKSUM_AT] = [14, 20, 18, 24];
const [RECORD_BYTES, CHUNK_BYTES] = [16, 0x100000];
const [SNAP_BYTES, LINKTYPE_ETHERNET] = [262_144, 1];
