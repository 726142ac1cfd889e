/** Adverts as they pass an interface of this host, or all of them. */
import type { Family } from "../../core/addr.ts";
import { compileFilter } from "../../core/bpf.ts";
import { blankPacket, type CapturePacket } from "../../core/capture/packet.ts";
import { SystemError } from "../../core/errors.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import { isSniffed } from "../../core/wire/onlooker-filter.ts";
import type { Cancel, Capture, CapturedFrame, Closable, Ports } from "../../io/ports.ts";
import { findLink, listLinks, readLink } from "../rtnl.ts";
import { troubleOf } from "../vrrp/interface-watch.ts";
import { joinGroups } from "../vrrp/wire-groups.ts";
import type { SniffSession } from "./session.ts";

export interface LiveSource {
  readonly kind: "live";
  readonly ifName: string; // or ANY
  readonly join: boolean; // VRRP's groups, so that a switch that snoops lets adverts through
  readonly family: Family | undefined;
  readonly forMs: number | undefined; // until interrupted
  readonly untilSettled: boolean; // without `forMs`: as long as a master of that pace needs to be heard
}

/** All interfaces. */
export const ANY = "any";

export interface LiveEnd {
  readonly endMs: number; // milliseconds since 1970
  readonly kernelDrops: number;
  readonly trouble: string | null; // why no more could be heard at the end, in one line
}

export interface LiveTell {
  /** When nothing that comes is missed any more. */
  onListening(): void;
  onPause(): void | Promise<void>; // not waited for: the wire does not wait
  /** The interface is down, or up again: meanwhile nothing is heard. */
  onLink?(up: boolean): void;
}

type Outside = Pick<Ports, "clock" | "openNetlink" | "openIpSocket" | "openCapture">;

/**
 * Listens until the time is over, the session is full, or one of the signals aborts.
 * @throws SystemError where nothing could be heard
 */
export async function listenLive(
  source: LiveSource,
  session: SniffSession,
  ports: Outside,
  signals: readonly AbortSignal[],
  tell: LiveTell,
): Promise<LiveEnd> {
  const opened: Closable[] = [];
  try {
    const names = new InterfaceNames(ports);
    const ifIndex = source.ifName === ANY ? 0 : names.indexOf(source.ifName);
    const listener = new Listener(source, session, ports.clock, names, tell);
    const capture = ports.openCapture({
      ifName: source.ifName,
      ifIndex,
      filter: compileFilter(isSniffed),
      snapBytes: SNAP_BYTES,
      roomBytes: ROOM_BYTES,
      onReadable: () => listener.read(),
    });
    opened.push(capture);
    if (source.join)
      opened.push(...joinGroups({ name: source.ifName, ifIndex }, source.family, ports));
    tell.onListening();
    await listener.run(capture, signals);
    const trouble = listener.trouble === null ? null : `${source.ifName} is ${listener.trouble}`;
    return { endMs: ports.clock.wallMs(), kernelDrops: capture.takeLost(), trouble };
  } finally {
    for (const part of opened) part.close();
  }
}

/** Reads what waits, and looks after what is due. */
class Listener {
  readonly #source: LiveSource;
  readonly #session: SniffSession;
  readonly #clock: Ports["clock"];
  readonly #names: InterfaceNames;
  readonly #tell: LiveTell;
  readonly #packet = blankPacket();
  readonly #startedMs: number;
  /** Why nothing can be heard now. */
  trouble: "gone" | "down" | null = null;
  #lookedMs: number;
  #capture: Capture | undefined;
  #cancel: Cancel = () => {};
  #end: (error?: unknown) => void = () => {};

  constructor(
    source: LiveSource,
    session: SniffSession,
    clock: Ports["clock"],
    names: InterfaceNames,
    tell: LiveTell,
  ) {
    this.#source = source;
    this.#session = session;
    this.#clock = clock;
    this.#names = names;
    this.#tell = tell;
    this.#startedMs = clock.nowMs();
    this.#lookedMs = this.#startedMs;
  }

  /** Until the end. */
  async run(capture: Capture, signals: readonly AbortSignal[]): Promise<void> {
    this.#capture = capture;
    const stop = (): void => this.#end();
    try {
      await new Promise<void>((resolve, reject) => {
        this.#end = (error) => (error === undefined ? resolve() : reject(error));
        for (const signal of signals) {
          if (signal.aborted) resolve();
          signal.addEventListener("abort", stop);
        }
        this.#arm();
      });
      this.read(); // what came meanwhile
      this.#lookAtLink();
    } finally {
      this.#cancel();
      for (const signal of signals) signal.removeEventListener("abort", stop);
    }
  }

  readonly read = (): void => {
    try {
      this.#readAll();
    } catch (error) {
      this.#end(error);
    }
  };

  #readAll(): void {
    for (let batches = 0; batches < MAX_BATCHES && !this.#session.isFull; batches++) {
      const frames = this.#capture?.read() ?? [];
      for (const frame of frames) this.#take(frame);
      if (frames.length === 0) break;
    }
    void this.#tell.onPause();
    if (this.#session.isFull) this.#end();
  }

  #take(frame: CapturedFrame): void {
    const ifName = this.#names.nameOf(frame.ifIndex);
    if (ifName === LOOPBACK && frame.direction === "out") return; // it comes in as well
    this.#session.take(fill(this.#packet, frame, ifName));
  }

  /** Looks again when something may be due, at the latest in a moment: a new advert may have changed that. */
  #arm(): void {
    const { observer } = this.#session;
    const nowMs = this.#clock.nowMs();
    const dueInMs = Math.max(0, observer.deadlineMs - this.#clock.wallMs());
    const endInMs = this.#endMs() - nowMs;
    if (endInMs <= 0) {
      this.#end();
      return;
    }
    this.#cancel = this.#clock.at(nowMs + Math.min(LOOK_MS, dueInMs, endInMs), () => {
      this.read();
      observer.tick(this.#clock.wallMs());
      if (this.#clock.nowMs() - this.#lookedMs >= LINK_MS) this.#lookAtLink();
      void this.#tell.onPause();
      this.#arm();
    });
  }

  /** To its socket an interface that is down or gone is one on which nobody speaks. */
  #lookAtLink(): void {
    const { ifName } = this.#source;
    this.#lookedMs = this.#clock.nowMs();
    const trouble = ifName === ANY ? null : this.#names.troubleOf(ifName);
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    if (trouble === "gone") this.#end();
    else this.#tell.onLink?.(trouble === null);
  }

  #endMs(): number {
    const { forMs, untilSettled } = this.#source;
    if (forMs !== undefined) return this.#startedMs + forMs;
    return untilSettled ? this.#startedMs + this.#session.needMs : Number.POSITIVE_INFINITY;
  }
}

/** Of the interfaces by their numbers; those that come while we listen are asked for. */
class InterfaceNames {
  readonly #ports: Outside;
  #names = new Map<number, string>();

  constructor(ports: Outside) {
    this.#ports = ports;
  }

  /** @throws SystemError for one that is not there, or is down */
  indexOf(name: string): number {
    const netlink = this.#ports.openNetlink(NETLINK_ROUTE);
    try {
      const link = findLink(netlink, name);
      this.#names.set(link.ifIndex, name);
      if (link.up) return link.ifIndex;
      throw new SystemError("listen", name, "ENETDOWN", "the interface is down");
    } finally {
      netlink.close();
    }
  }

  /** Of one that `indexOf` was asked for: another one of its name is not it. */
  troubleOf(name: string): "gone" | "down" | null {
    const netlink = this.#ports.openNetlink(NETLINK_ROUTE);
    try {
      const link = readLink(netlink, name);
      const isIt = link !== undefined && this.#names.get(link.ifIndex) === name;
      return troubleOf(isIt ? link : undefined) ?? null;
    } finally {
      netlink.close();
    }
  }

  nameOf(ifIndex: number): string {
    const known = this.#names.get(ifIndex);
    if (known !== undefined) return known;
    const netlink = this.#ports.openNetlink(NETLINK_ROUTE);
    try {
      this.#names = new Map(listLinks(netlink).map(({ ifIndex: index, name }) => [index, name]));
    } finally {
      netlink.close();
    }
    const name = this.#names.get(ifIndex) ?? `if${ifIndex}`; // it is gone already
    this.#names.set(ifIndex, name);
    return name;
  }
}

function fill(packet: CapturePacket, frame: CapturedFrame, ifName: string): CapturePacket {
  packet.seconds = Number(frame.wallNs / NS_PER_S);
  packet.nanoseconds = Number(frame.wallNs % NS_PER_S);
  packet.linkType = frame.linkType;
  packet.interfaceName = ifName;
  packet.direction = frame.direction;
  packet.wireBytes = frame.wireBytes;
  packet.bytes = frame.bytes;
  packet.start = 0;
  packet.end = frame.bytes.length;
  return packet;
}

const LOOPBACK = "lo";
const NS_PER_S = 1_000_000_000n;
const SNAP_BYTES = 65_535; // an advert may be as long as its packet
const ROOM_BYTES = 8 << 20; // half a second of 20,000 adverts
const MAX_BATCHES = 64; // in one turn of the loop, whatever floods us
const LOOK_MS = 100;
const LINK_MS = 1000;
