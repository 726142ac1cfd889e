/** Tells what a person should know without flooding, and what the kernel refuses. */
import { SystemError } from "../../core/errors.ts";
import type { Clock } from "../../io/ports.ts";
import { FloodGuard } from "../flood-guard.ts";
import type { VrrpEvent } from "./events.ts";

export class Teller {
  readonly #emit: (event: VrrpEvent) => void;
  readonly #guard: FloodGuard;

  constructor(clock: Clock, emit: (event: VrrpEvent) => void) {
    this.#emit = emit;
    this.#guard = new FloodGuard(clock);
  }

  /** `kind` is what lines of which only one in a while is told have in common. */
  readonly tell = (type: "notice" | "trouble", text: string, kind = text): void => {
    const count = this.#guard.admit(kind);
    const times = count === 1 ? "" : ` (${count} times)`;
    if (count > 0) this.#emit({ type, text: `${text}${times}` });
  };

  /** This process came late to its timer. */
  tellStall(durationMs: number): void {
    const count = this.#guard.admit("stall");
    if (count > 0) this.#emit({ type: "stall", durationMs, count });
  }

  /** What the kernel refuses is told and lived with: the next advert tries anew. */
  readonly attempt = (act: () => void, quietly = false): void => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      if (!quietly) this.tell("trouble", error.message);
    }
  };
}
