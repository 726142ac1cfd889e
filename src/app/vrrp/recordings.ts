/** The files of a flight recorder: after each transition a pair, `NAME-TIME-FROM-TO.pcapng` and `.ndjson`. */
import { SystemError } from "../../core/errors.ts";
import type { Cancel, Ports } from "../../io/ports.ts";
import type { VrrpState } from "../../proto/vrrp/facts.ts";
import type { VrrpEvent } from "./events.ts";
import type { VrrpInstance } from "./instance.ts";
import type { FlightRecorder } from "./recorder.ts";
import { ndjsonOf, pcapngOf } from "./recording.ts";

type Outside = Pick<Ports, "clock" | "files">;

/**
 * Writes some time after a transition, so that the takeover is done and what follows it is seen; further
 * transitions until then are of the same pair. What goes wrong is told, and tried anew with the next one.
 */
export class Recordings {
  readonly #directory: string | null;
  readonly #name: string;
  readonly #recorder: FlightRecorder;
  readonly #ports: Outside;
  readonly #onTrouble: (text: string) => void;
  #due: Due | undefined;
  #notBeforeMs = 0;
  #cancel: Cancel = () => {};
  #writing: Promise<void> = Promise.resolve();

  /** @param directory that is there; null where nothing is to be written */
  constructor(
    directory: string | null,
    { name }: VrrpInstance,
    recorder: FlightRecorder,
    ports: Outside,
    onTrouble: (text: string) => void,
  ) {
    this.#directory = directory;
    this.#name = name;
    this.#recorder = recorder;
    this.#ports = ports;
    this.#onTrouble = onTrouble;
  }

  follow(event: VrrpEvent): void {
    if (event.type !== "transition" || this.#directory === null) return;
    if (this.#due !== undefined) {
      this.#due.to = event.to;
      return;
    }
    const { clock } = this.#ports;
    const time = new Date(clock.wallMs()).toISOString().replace(/[-:]/g, "");
    this.#due = { directory: this.#directory, time, from: event.from, to: event.to };
    const atMs = Math.max(clock.nowMs() + TAIL_MS, this.#notBeforeMs);
    this.#cancel = clock.at(atMs, () => this.#begin());
  }

  /** Writes at once what is due; resolves when all is written, or cannot be in reasonable time. */
  async finish(): Promise<void> {
    this.#cancel();
    this.#begin();
    const { clock } = this.#ports;
    let cancel: Cancel = () => {};
    const tooLong = new Promise<void>((resolve) => {
      cancel = clock.at(clock.nowMs() + MAX_FINISH_MS, resolve);
    });
    await Promise.race([this.#writing, tooLong]);
    cancel();
  }

  /** One pair after the other, however slow the disk is. */
  #begin(): void {
    const due = this.#due;
    if (due === undefined) return;
    this.#due = undefined;
    this.#notBeforeMs = this.#ports.clock.nowMs() + GAP_MS;
    this.#writing = this.#writing.then(() => this.#write(due));
  }

  async #write({ directory, time, from, to }: Due): Promise<void> {
    const { files } = this.#ports;
    const title = `${this.#name}-${time}-${from}-${to}`;
    const path = `${directory}/${title}`;
    const recording = this.#recorder.recording();
    try {
      await files.write(`${path}.pcapng`, pcapngOf(recording));
      await files.write(`${path}.ndjson`, ndjsonOf(recording));
      for (const name of outdated(await files.list(directory), this.#name, title)) {
        await files.remove(`${directory}/${name}`);
      }
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#onTrouble(`no recording: ${error.message}`);
    }
  }
}

/** A pair of files that is to be written. */
interface Due {
  readonly directory: string;
  readonly time: string; // of its first transition
  readonly from: VrrpState;
  to: VrrpState; // of its last one
}

/**
 * Which files of a directory have to go so that the latest pairs of the router are left: the oldest ones,
 * and what a process that was killed left half written.
 * @param newest pair, whatever its name says: the clock of a host may begin in 1970
 */
export function outdated(names: readonly string[], router: string, newest: string): string[] {
  const titleOf = (name: string): string | undefined =>
    name.startsWith(router) ? RECORDING.exec(name.slice(router.length))?.[1] : undefined;
  const ours = names
    .filter((name) => titleOf(name) !== undefined && !name.startsWith(`${newest}.`))
    .toSorted();
  const titles = [...new Set(ours.map(titleOf))]; // they begin with their time
  const gone = new Set(titles.slice(0, 1 - MAX_PAIRS));
  const halfWritten = names.filter((name) => {
    const [, whole] = HALF_WRITTEN.exec(name) ?? [];
    return whole !== undefined && titleOf(whole) !== undefined;
  });
  return [...ours.filter((name) => gone.has(titleOf(name))), ...halfWritten];
}

const RECORDING = /^(-\d{8}T\d{6}\.\d{3}Z-[a-z]+-[a-z]+)\.(pcapng|ndjson)$/;
const HALF_WRITTEN = /^\.(.+)\.[a-z0-9]+\.tmp$/; // as `Files.write` calls them
const MAX_PAIRS = 20;
const TAIL_MS = 2000;
const GAP_MS = 5000; // a router that flaps has better things to do
const MAX_FINISH_MS = 3000;
