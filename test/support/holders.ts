/** Asks a segment every 20 ms who has an address, as one who has none: who answers, how many at once. */
import {
  familyOf,
  formatMac,
  type IpBytes,
  type MacBytes,
  parseMac,
  sameIp,
} from "../../src/core/addr.ts";
import { ETHER_TYPE } from "../../src/core/wire/ethernet.ts";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import type { PacketSocket } from "../../src/io/ports.ts";
import { decodeClaim, probeFrame } from "../../src/proto/duplicate-frames.ts";
import type { Inside } from "./inside.ts";
import type { Host } from "./netns.ts";

/** One question and the MAC addresses that answered before the next. */
export interface Round {
  readonly atMs: number;
  readonly macs: Set<string>;
}

export class Holders implements Disposable {
  readonly #socket: PacketSocket;
  readonly #timer: NodeJS.Timeout;
  readonly #rounds: Round[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(inside: Inside, host: Host, ip: IpBytes) {
    const mac = parseMac(host.mac) as MacBytes;
    const etherType = familyOf(ip) === 4 ? ETHER_TYPE.arp : ETHER_TYPE.ipv6;
    const onFrame = (frame: Uint8Array): void => {
      const claim = decodeClaim(frame);
      if (claim === undefined || !sameIp(claim.ip, ip)) return;
      this.#rounds.at(-1)?.macs.add(formatMac(claim.mac));
    };
    const { ifName, ifIndex } = inside;
    this.#socket = inside.run(() => openPacketSocket({ ifName, ifIndex, etherType, onFrame }));
    this.#timer = setInterval(() => {
      this.#rounds.push({ atMs: performance.now(), macs: new Set() });
      this.#socket.send(probeFrame(ip, mac));
      for (const look of [...this.#waiting]) look();
    }, 20);
  }

  /** Waits for a question that this host alone answers. */
  async alone(host: Host): Promise<void> {
    await this.#until(({ macs }) => macs.size === 1 && macs.has(host.mac));
  }

  /** For how long, at the most, each question had several answers. */
  get longestDisputeMs(): number {
    let longestMs = 0;
    let sinceMs: number | undefined;
    for (const { atMs, macs } of this.#rounds) {
      if (sinceMs !== undefined) longestMs = Math.max(longestMs, atMs - sinceMs);
      if (macs.size < 2) sinceMs = undefined;
      else sinceMs ??= atMs;
    }
    return longestMs;
  }

  /** The rounds that are over, which are forgotten with this. */
  take(): readonly Round[] {
    return this.#rounds.splice(0, Math.max(0, this.#rounds.length - 1));
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  /** Looks at the rounds from now on, each when the next one begins. */
  #until(holds: (round: Round) => boolean): Promise<void> {
    const from = this.#rounds.length;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (this.#rounds.length > from + MOST_ROUNDS) reject(new Error("asked in vain"));
        const last = this.#rounds.at(-2);
        if (last === undefined || this.#rounds.length < from + 2 || !holds(last)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }
}

const MOST_ROUNDS = 750; // 15 s
