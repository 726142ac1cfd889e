/**
 * The flight recorder of a virtual router: what passed its interface about it, what the interface went
 * through and what the router told, of the last ten minutes, in a fixed space.
 */
import type { IpBytes } from "../../core/addr.ts";
import {
  type BpfInstruction,
  compileFilter,
  every,
  FRAME_FACTS,
  field,
  some,
} from "../../core/bpf.ts";
import { SystemError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { RecordRing } from "../../core/record-ring.ts";
import {
  concernsOneOf,
  isArp,
  isNeighbourDiscovery,
  isVrrp,
} from "../../core/wire/frame-filter.ts";
import { blankVrrpPassword } from "../../core/wire/vrrp-password.ts";
import type { Cancel, Capture, CapturedFrame, Closable, Ports } from "../../io/ports.ts";
import { eventRecord, recordHead } from "./event-record.ts";
import type { VrrpEvent } from "./events.ts";
import { heldVips, type VrrpInstance } from "./instance.ts";
import { interfaceChanges } from "./interface-changes.ts";
import type { InterfaceState } from "./interface-watch.ts";
import { encodeFrameHead, type Recording, type RingPart } from "./recording.ts";

type Outside = Pick<Ports, "clock" | "openCapture">;

/**
 * It looks for frames once in a second, more often in a flood, and takes a bounded number of them: the
 * kernel keeps them with their times. What comes faster is counted and lost, so that no storm slows the
 * router.
 */
export class FlightRecorder implements Closable {
  readonly #instance: VrrpInstance;
  readonly #ports: Outside;
  readonly #onTrouble: (text: string) => void;
  readonly #frames: RecordRing;
  readonly #events = new RecordRing(EVENT_BYTES, KEEP_MS);
  readonly #seen = new Map<string, InterfaceState>(); // by interface
  #capture: Capture | undefined;
  #lost = 0;
  #seq = 0;
  #cancel: Cancel = () => {};

  /**
   * @param roomy whether it is worth 7 MB of memory for frames at a fast pace, or only 1 MB
   * @param onTrouble gets one sentence where no frames can be had
   */
  constructor(
    instance: VrrpInstance,
    ports: Outside,
    roomy: boolean,
    onTrouble: (text: string) => void,
  ) {
    this.#instance = instance;
    this.#frames = new RecordRing(roomy ? ROOMY_BYTES : FRUGAL_BYTES, KEEP_MS);
    this.#ports = ports;
    this.#onTrouble = onTrouble;
  }

  /** One of its interfaces as it is now. */
  readonly see = (ifName: string, state: InterfaceState): void => {
    const before = this.#seen.get(ifName) ?? { link: undefined, addresses: [] };
    this.#seen.set(ifName, state);
    for (const { type, ...change } of interfaceChanges(before, state)) {
      const head = recordHead(type, this.#instance, this.#nextSeq(), this.#wallMs);
      this.#append({ ...head, interface: ifName, ...change });
    }
    // A VMAC's frames pass the interface below it too.
    const isOwn = ifName === this.#instance.ifName;
    if (isOwn && state.link?.ifIndex !== before.link?.ifIndex) this.#follow(state);
  };

  /** Something that the router told. */
  note(event: VrrpEvent): void {
    this.#append(eventRecord(event, this.#instance, this.#nextSeq(), this.#wallMs));
  }

  /** Everything up to now. It may be read while more is recorded. */
  recording(): Recording {
    let looks = 1;
    while (this.#look() && looks < MAX_LOOKS) looks += 1;
    this.#lost += this.#capture?.takeLost() ?? 0;
    const oldestMs = this.#ports.clock.nowMs() - KEEP_MS;
    const part = (ring: RecordRing): RingPart => {
      ring.dropBefore(oldestMs);
      return { ring, end: ring.end };
    };
    const { name, ifName, config } = this.#instance;
    return {
      title: `${name}: VRID ${config.vrid} on ${ifName}`,
      ifName,
      wallMs: this.#wallMs,
      snapBytes: SNAP_BYTES,
      lostFrames: this.#lost,
      frames: part(this.#frames),
      events: part(this.#events),
    };
  }

  /** What was recorded can still be read. */
  close(): void {
    this.#cancel();
    this.#look();
    this.#lost += this.#capture?.takeLost() ?? 0;
    this.#capture?.close();
    this.#capture = undefined;
  }

  #follow({ link }: InterfaceState): void {
    this.close();
    if (link === undefined) return;
    const { ifName } = this.#instance;
    try {
      this.#capture = this.#ports.openCapture({
        ifName,
        ifIndex: link.ifIndex,
        filter: filterFor(heldVips(this.#instance).map(({ ip }) => ip)),
        snapBytes: SNAP_BYTES,
      });
      this.#lookAgain(false);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#onTrouble(`records no frames: ${error.message}`);
    }
  }

  #lookAgain(busy: boolean): void {
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.nowMs() + (busy ? BUSY_MS : IDLE_MS), () =>
      this.#lookAgain(this.#look()),
    );
  }

  /** @returns whether there may be more */
  #look(): boolean {
    for (let batches = 0; batches < MAX_BATCHES; batches++) {
      const frames = this.#capture?.read() ?? [];
      const nowMs = this.#ports.clock.nowMs();
      for (const frame of frames) this.#keep(frame, nowMs);
      if (frames.length === 0) return false;
    }
    return true;
  }

  #keep(frame: CapturedFrame, nowMs: number): void {
    const blanked = blankVrrpPassword(frame.bytes);
    this.#frames.append(nowMs, encodeFrameHead(frame, blanked), frame.bytes);
  }

  #nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  get #wallMs(): number {
    return this.#ports.clock.wallMs();
  }

  #append(record: object): void {
    const line = new TextEncoder().encode(`${formatJson(record)}\n`);
    this.#events.append(this.#ports.clock.nowMs(), NOTHING, line);
  }
}

/** A filter has a limited length, on older kernels of 20 KB: beyond it, whom ARP is about is not asked. */
function filterFor(ips: readonly IpBytes[]): BpfInstruction[] {
  const untagged = field(FRAME_FACTS.vlanTagged, 4, 0);
  const claims = ips.length > MOST_IPS ? some(isArp, isNeighbourDiscovery) : concernsOneOf(ips);
  return compileFilter(every(untagged, some(isVrrp(), claims)));
}

const MOST_IPS = 500;
const KEEP_MS = 600_000;
const ROOMY_BYTES = 7 << 20;
const FRUGAL_BYTES = 1 << 20; // ten minutes of 20 frames a second
const EVENT_BYTES = 1 << 20;
const SNAP_BYTES = 512;
const IDLE_MS = 1000;
const BUSY_MS = 50;
const MAX_BATCHES = 8;
const MAX_LOOKS = 4; // for a recording: some milliseconds
const NOTHING = new Uint8Array();
