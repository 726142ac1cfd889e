/** Announcements that wait for their turn: of one interface, or of a group of them, no two closer than its interval. */
import { SystemError } from "../../../../core/errors.ts";
import { isSameValue } from "../../../../core/same-value.ts";
import type { Cancel, Clock, Closable, PacketSocket, Ports } from "../../../../io/ports.ts";
import { announcementKind } from "../../../../proto/announcement.ts";
import type { VrrpEvent } from "../../../vrrp/events.ts";
import type { VrrpInstance } from "../../../vrrp/instance.ts";
import type { PlannedPace, PlannedPacing } from "../plan/plan.ts";

/** What one router has to announce, and still may. */
interface Waiting {
  readonly owner: string; // name of the router
  readonly frame: Uint8Array;
  readonly socket: PacketSocket;
  times: number;
}

/** One at a time, each in its turn. */
class SendPace implements Closable {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  #waiting: Waiting[] = []; // each frame at most once
  #nextMs = Number.NEGATIVE_INFINITY;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, intervalMs: number) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
  }

  /** At once where none was sent just now, and later where others are before it. @throws SystemError */
  send(owner: string, frame: Uint8Array, socket: PacketSocket): void {
    const known = this.#waiting.find((one) => one.frame === frame && one.socket === socket);
    if (known !== undefined) known.times = Math.min(known.times + 1, MOST_TIMES);
    else if (this.#waiting.length === 0 && this.#clock.nowMs() >= this.#nextMs) {
      this.#noteSent();
      socket.send(frame);
    } else this.#waiting.push({ owner, frame, socket, times: 1 });
    this.#arm();
  }

  /** It has no longer what it would announce, or announces by another socket. */
  forget(whose: { readonly owner?: string; readonly socket?: PacketSocket }): void {
    this.#waiting = this.#waiting.filter(
      ({ owner, socket }) => owner !== whose.owner && socket !== whose.socket,
    );
  }

  close(): void {
    this.#waiting = [];
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #noteSent(): void {
    this.#nextMs = this.#clock.nowMs() + this.#intervalMs;
  }

  #arm(): void {
    if (this.#waiting.length === 0 || this.#cancel !== undefined) return;
    this.#cancel = this.#clock.at(this.#nextMs, () => {
      this.#cancel = undefined;
      this.#sendNext();
      this.#arm();
    });
  }

  #sendNext(): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    next.times -= 1;
    if (next.times > 0) this.#waiting.push(next);
    this.#noteSent();
    try {
      next.socket.send(next.frame);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error; // the interface is down: its watch tells that
    }
  }
}

/** Of all routers of one process. */
export class PacedAnnouncements implements Closable {
  readonly #clock: Clock;
  #pacing: PlannedPacing;
  readonly #paces = new Map<string, Paces>(); // by interface; those of a group share theirs

  constructor(pacing: PlannedPacing, clock: Clock) {
    this.#clock = clock;
    this.#pacing = pacing;
    this.#beginGroups();
  }

  /** Keeps to this from now on; what waits is not sent. */
  renew(pacing: PlannedPacing): void {
    if (isSameValue(pacing, this.#pacing)) return;
    this.close();
    this.#paces.clear();
    this.#pacing = pacing;
    this.#beginGroups();
  }

  /** The ports of a router whose announcements keep to this. */
  portsFor({ name, ifName: own, vmac }: VrrpInstance, ports: Ports): Ports {
    return {
      ...ports,
      openPacketSocket: (options) => {
        const socket = ports.openPacketSocket(options);
        const ifName = options.ifName === vmac?.ifName ? own : options.ifName;
        const paced: PacketSocket = {
          send: (frame) => {
            const kind = announcementKind(frame);
            const pace = kind === undefined ? undefined : this.#of(ifName)[kind];
            if (pace === undefined) socket.send(frame);
            else pace.send(name, frame, socket);
          },
          close: () => {
            for (const pace of Object.values(this.#of(ifName))) pace?.forget({ socket });
            socket.close();
          },
        };
        return paced;
      },
    };
  }

  /** A router that has given its addresses up announces nothing that waited. */
  heed(owner: string, event: VrrpEvent): void {
    if (event.type !== "transition" || event.from !== "master") return;
    for (const paces of this.#paces.values()) {
      for (const pace of Object.values(paces)) pace?.forget({ owner });
    }
  }

  close(): void {
    for (const paces of this.#paces.values())
      for (const pace of Object.values(paces)) pace?.close();
  }

  #beginGroups(): void {
    for (const group of this.#pacing.groups) {
      const paces = this.#make(group);
      for (const ifName of group.ifNames) this.#paces.set(ifName, paces);
    }
  }

  #of(ifName: string): Paces {
    const known = this.#paces.get(ifName) ?? this.#make(this.#pacing.usual);
    this.#paces.set(ifName, known);
    return known;
  }

  #make({ garpMs, gnaMs }: PlannedPace): Paces {
    const make = (ms: number) => (ms > 0 ? new SendPace(this.#clock, ms) : undefined);
    return { arp: make(garpMs), neighbour: make(gnaMs) };
  }
}

interface Paces {
  readonly arp: SendPace | undefined; // undefined: no limit
  readonly neighbour: SendPace | undefined;
}

const MOST_TIMES = 100;
