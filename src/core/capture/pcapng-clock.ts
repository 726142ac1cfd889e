/** What a time of an interface of a pcapng capture means (if_tsresol, if_tsoffset): ticks in 64 bits since 1970. */
import type { CapturePacket } from "./packet.ts";

export class PcapngClock {
  readonly #ticksPerS: bigint;
  readonly #offsetS: bigint;
  /** For powers of ten of at most 9 digits, which nearly all have; else 0. */
  readonly #usualTicksPerS: number;
  readonly #nsPerTick: number;
  readonly #usualOffsetS: number;

  /**
   * @param resolution of a tick: 10 to the minus that many seconds, with the highest bit set 2 to the
   * minus that many @param offsetS seconds, to be added to all times
   */
  constructor(resolution: number, offsetS: bigint) {
    const [base, exponent] = [resolution & 0x80 ? 2n : 10n, resolution & 0x7f];
    this.#ticksPerS = base ** BigInt(exponent);
    this.#offsetS = offsetS;
    const isUsual = base === 10n && exponent <= 9;
    this.#usualTicksPerS = isUsual ? 10 ** exponent : 0;
    this.#nsPerTick = isUsual ? 10 ** (9 - exponent) : 0;
    this.#usualOffsetS = Number(offsetS);
  }

  /** What is before 1970 is set to its begin, what is too late to the end of time in this program. */
  setTime(packet: CapturePacket, high: number, low: number): void {
    const perS = this.#usualTicksPerS;
    const ticks = high * TWO_TO_32 + low;
    // In a double the quotient is off by one at most where it is below 2^53; the lowest 32 bits of the
    // rest tell, since the rest is shorter.
    if (perS === 0 || (perS < US_PER_S && ticks > Number.MAX_SAFE_INTEGER)) {
      this.#setUnusual(packet, high, low);
      return;
    }
    let seconds = Math.floor(ticks / perS);
    let rest = (low - Math.imul(seconds, perS)) | 0;
    if (rest < 0) {
      seconds -= 1;
      rest += perS;
    } else if (rest >= perS) {
      seconds += 1;
      rest -= perS;
    }
    set(packet, seconds + this.#usualOffsetS, Math.imul(rest, this.#nsPerTick));
  }

  #setUnusual(packet: CapturePacket, high: number, low: number): void {
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    const seconds = ticks / this.#ticksPerS;
    const rest = ticks % this.#ticksPerS;
    const nanoseconds = (rest * BigInt(NS_PER_S)) / this.#ticksPerS;
    set(packet, Number(seconds + this.#offsetS), Number(nanoseconds));
  }
}

function set(packet: CapturePacket, seconds: number, nanoseconds: number): void {
  packet.seconds = seconds;
  packet.nanoseconds = nanoseconds;
  if (seconds >= 0 && seconds <= LATEST_S) return;
  packet.seconds = seconds < 0 ? 0 : LATEST_S;
  packet.nanoseconds = 0;
}

const TWO_TO_32 = 2 ** 32;
const US_PER_S = 1_000_000;
const NS_PER_S = 1_000_000_000;
/** In 2554: as nanoseconds it fits 64 bits, so that whatever was read can be written. */
const LATEST_S = 18_446_744_072;
