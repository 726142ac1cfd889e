/**
 * Whether the HMAC trailer of an advert is to be believed, and what ours says: the rules of
 * keepalived 2.4.2 and later with `anti_replay time`. The routers' wall clocks must agree.
 */
import { familyOf, formatIp, type IpBytes } from "../../core/addr.ts";
import { isSameSecret } from "../../core/secret.ts";
import {
  decodeTrailer,
  encodeTrailer,
  type MacFunction,
  splitTrailer,
  TRAILER_BYTES,
  trailerMac,
} from "../../core/wire/vrrp-hmac.ts";

/**
 * `receive-only` signs nothing and judges what is signed, `permissive` signs too, `enforce` also
 * rejects what is not signed.
 */
export type HmacMode = "receive-only" | "permissive" | "enforce";

export interface HmacKey {
  readonly id: number; // 1..255
  readonly mac: MacFunction; // which knows the secret: it is in no value that could be printed
}

export interface HmacSettings {
  readonly mode: HmacMode;
  readonly keys: readonly HmacKey[]; // each of them is believed; no ID twice
  readonly active: HmacKey; // one of `keys`, which signs
  readonly windowMs: number; // by so much a sender's clock may differ from ours
}

/** Why a trailer is not believed. */
export type HmacRejection =
  | "hmac-missing"
  | "hmac-malformed"
  | "hmac-stale" // outside the window: an old recording, or clocks that disagree
  | "hmac-unknown-key"
  | "hmac-mismatch" // another secret, or somebody changed the advert
  | "hmac-replayed";

/** As keepalived: three intervals, and never less than 5 s. */
export const defaultWindowMs = (adverIntervalMs: number): number =>
  Math.max(3 * adverIntervalMs, 5000);

/** Judges what comes in; it remembers the newest advert of each sender, for no longer than the window. */
export class HmacVerifier {
  #settings: HmacSettings;
  readonly #newest = new Map<string, bigint>(); // by source; who was heard last stands last

  constructor(settings: HmacSettings) {
    this.#settings = settings;
  }

  /** Goes by other keys from now on. Who was heard is not forgotten: old adverts stay old. */
  renew(settings: HmacSettings): void {
    this.#settings = settings;
  }

  /** @returns undefined when the advert is to be believed. */
  judge(message: Uint8Array, source: IpBytes, wallMs: number): HmacRejection | undefined {
    const { mode, keys, windowMs } = this.#settings;
    const { pdu, trailer } = splitTrailer(message, familyOf(source));
    if (trailer === undefined) return mode === "enforce" ? "hmac-missing" : undefined;
    const decoded = decodeTrailer(trailer);
    if (!decoded.ok) return "hmac-malformed";
    const { keyId, sequence, mac } = decoded.value;
    if (isOutside(sequence, wallMs, windowMs)) return "hmac-stale";
    const key = keys.find(({ id }) => id === keyId);
    if (key === undefined) return "hmac-unknown-key";
    if (!isSameSecret(trailerMac(pdu, source, decoded.value, key.mac), mac)) return "hmac-mismatch";
    return this.#isNew(formatIp(source), sequence, wallMs) ? undefined : "hmac-replayed";
  }

  #isNew(source: string, sequence: bigint, wallMs: number): boolean {
    const mark = this.#newest.get(source);
    // A mark outside the window is of a clock that was set; what it was to keep out is stale now.
    const holds = mark !== undefined && !isOutside(mark, wallMs, this.#settings.windowMs);
    if (holds && serialDistance(sequence, mark) <= 0n) return false;
    this.#newest.delete(source);
    this.#newest.set(source, sequence);
    const [eldest] = this.#newest.keys();
    if (this.#newest.size > MAX_SENDERS && eldest !== undefined) this.#newest.delete(eldest);
    return true;
  }
}

/** Signs what goes out, each advert with a higher sequence than the one before. */
export class HmacSigner {
  #settings: HmacSettings;
  #last: bigint | undefined;

  constructor(settings: HmacSettings) {
    this.#settings = settings;
  }

  /** Signs with other keys from now on; the sequence goes on. */
  renew(settings: HmacSettings): void {
    this.#settings = settings;
  }

  /** @returns the advert with its trailer, to be sent once to whomever. */
  sign(pdu: Uint8Array, source: IpBytes, wallMs: number): Uint8Array {
    const { active, windowMs } = this.#settings;
    const sequence = nextSequence(wallMs, this.#last, windowMs);
    this.#last = sequence;
    const head = { keyId: active.id, sequence };
    const mac = trailerMac(pdu, source, head, active.mac);
    const message = new Uint8Array(pdu.length + TRAILER_BYTES);
    message.set(pdu);
    message.set(encodeTrailer({ keyId: active.id, sequence, mac }), pdu.length);
    return message;
  }
}

/**
 * The wall clock, or one more than `last` where the clock has not gone on. A clock that was set back
 * by more than the window is followed: everybody would call the old sequence stale.
 */
export function nextSequence(wallMs: number, last: bigint | undefined, windowMs: number): bigint {
  const clock = sequenceAt(wallMs);
  if (last === undefined || isOutside(last, wallMs, windowMs)) return clock;
  return serialDistance(clock, last) > 0n ? clock : BigInt.asUintN(64, last + 1n);
}

/** Seconds and 1/65536 s of the wall clock, counter 0. */
export const sequenceAt = (wallMs: number): bigint =>
  BigInt.asUintN(64, BigInt(Math.floor((wallMs * 0x10000) / 1000)) << 16n);

function isOutside(sequence: bigint, wallMs: number, windowMs: number): boolean {
  const distance = serialDistance(sequence, sequenceAt(wallMs));
  const window = sequenceAt(windowMs);
  return distance > window || distance < -window;
}

/** How far `a` is ahead of `b`, negative when behind: the seconds wrap in 2106 (RFC 1982). */
const serialDistance = (a: bigint, b: bigint): bigint => BigInt.asIntN(64, a - b);

const MAX_SENDERS = 16; // more routers than any segment has for one VRID
