/** Signals that come twice for one request: `timeout` sends one to a program, and at once to its group. */

/** For one process. */
export class EchoedSignals {
  readonly #cameMs = new Map<string, number>();

  /** Whether `name` only repeats what came a moment ago. */
  isEcho(name: string, nowMs: number): boolean {
    const cameMs = this.#cameMs.get(name) ?? Number.NEGATIVE_INFINITY;
    this.#cameMs.set(name, nowMs);
    return nowMs - cameMs < ECHO_MS;
  }
}

const ECHO_MS = 100; // nobody presses a key twice so fast
