/** Questions to a child that wait for their answers, none of them without a limit. */
import type { Clock } from "../../../../io/ports.ts";

export class OpenQuestions {
  readonly #clock: Clock;
  readonly #open = new Map<number, (answer: object | undefined) => void>();
  #latest = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns undefined where no answer came in time, or none can come any more */
  async ask(send: (id: number) => void, limitMs: number): Promise<object | undefined> {
    this.#latest += 1;
    const id = this.#latest;
    let cancel = (): void => {};
    const answer = await new Promise<object | undefined>((resolve) => {
      this.#open.set(id, resolve);
      cancel = this.#clock.at(this.#clock.nowMs() + limitMs, () => resolve(undefined));
      send(id);
    });
    this.#open.delete(id);
    cancel();
    return answer;
  }

  settle(id: number, answer: object): void {
    this.#open.get(id)?.(answer);
  }

  /** Nobody is there to answer. */
  abandon(): void {
    for (const resolve of this.#open.values()) resolve(undefined);
  }
}
