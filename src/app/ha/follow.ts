/** Follows a running `ha up`: how it is, anew each second and whenever something has happened. */
import { SystemError } from "../../core/errors.ts";
import type { Cancel, Clock, Limit, Ports } from "../../io/ports.ts";
import { parseAnswer } from "../asking.ts";
import { askHaStatus, followHaEvents } from "./ask.ts";
import type { HaStatusRecord } from "./up/parent/status.ts";

export interface HaFollower {
  readonly onStatus: (status: HaStatusRecord) => void;
  /** A record as `ha events` prints it. */
  readonly onEvent: (record: Readonly<Record<string, unknown>>) => void;
  /** It runs, and does not say how it is. */
  readonly onSilence: (reason: string) => void;
}

/** Resolves when `ha up` ends or `signal` is aborted. @throws SystemError where none runs, or it is followed by too many */
export async function followHa(
  socket: string,
  { onStatus, onEvent, onSilence }: HaFollower,
  signal: AbortSignal,
  ports: Pick<Ports, "control" | "clock">,
): Promise<void> {
  const over = new AbortController();
  const end = AbortSignal.any([signal, over.signal]);
  const happened = new Pause(ports.clock, end);
  const onRecord = (json: string): void => {
    const record = parseAnswer(json);
    if (record.type === "status") onStatus(record as unknown as HaStatusRecord);
    else {
      onEvent(record);
      happened.shorten();
    }
  };
  const followed = followHaEvents(socket, onRecord, signal, ports).finally(() => over.abort());
  followed.catch(() => {}); // thrown below
  const look = async (): Promise<void> => {
    try {
      const status = await askHaStatus(socket, ports);
      if (!end.aborted) onStatus(status);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      if (!end.aborted) onSilence(error.message);
    }
  };
  const ended = new Promise<void>((resolve) => end.addEventListener("abort", () => resolve()));
  while (await happened.pass()) await Promise.race([look(), ended]); // who leaves waits for no answer
  await followed;
}

/** Again and again a second, or only a moment where something has happened. */
class Pause {
  readonly #clock: Clock;
  readonly #end: Limit;
  #wake: () => void = () => {};
  #isShort: boolean = false;
  #cancel: Cancel = () => {};

  constructor(clock: Clock, end: Limit) {
    this.#clock = clock;
    this.#end = end;
    end.addEventListener("abort", () => this.#wake());
  }

  /** @returns whether it goes on */
  async pass(): Promise<boolean> {
    if (!this.#end.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        this.#set(this.#isShort ? SHORT_MS : LONG_MS);
      });
      this.#cancel();
    }
    this.#isShort = false;
    return !this.#end.aborted;
  }

  shorten(): void {
    if (this.#isShort) return;
    this.#isShort = true;
    this.#set(SHORT_MS);
  }

  #set(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.at(this.#clock.nowMs() + ms, () => this.#wake());
  }
}

const LONG_MS = 1000;
/** A storm of events is asked about ten times a second. */
const SHORT_MS = 100;
