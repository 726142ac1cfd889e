/** Look-ups of names that take long and cannot be stopped: each name once at a time, so many names at once. */
import type { Family, IpBytes } from "../core/addr.ts";
import type { Limit } from "./ports.ts";

/** @throws SystemError */
export type AskName = (name: string, family: Family | undefined) => Promise<readonly IpBytes[]>;

interface LookUp {
  readonly found: Promise<readonly IpBytes[]>;
  readonly begin: () => void;
  isUnderWay: boolean;
  waiting: number; // who wants to know
}

export class LookUps {
  readonly #ask: AskName;
  readonly #most: number;
  readonly #known = new Map<string, LookUp>(); // until they are done; oldest first
  #underWay = 0;

  /** @param most at once; the others wait, and are not begun when nobody wants to know any more */
  constructor(ask: AskName, most: number) {
    this.#ask = ask;
    this.#most = most;
  }

  /** @throws SystemError, the reason of `signal`, upon which who waits is let go */
  async find(name: string, family: Family | undefined, signal: Limit): Promise<readonly IpBytes[]> {
    signal.throwIfAborted();
    const key = `${family} ${name}`;
    const lookUp = this.#known.get(key) ?? this.#add(key, name, family);
    lookUp.waiting += 1;
    let stop = (): void => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
    });
    signal.addEventListener("abort", stop);
    try {
      return await Promise.race([lookUp.found, stopped]);
    } finally {
      signal.removeEventListener("abort", stop);
      lookUp.waiting -= 1;
      if (lookUp.waiting === 0 && !lookUp.isUnderWay) this.#known.delete(key);
    }
  }

  #add(key: string, name: string, family: Family | undefined): LookUp {
    let begin = (): void => {};
    const turn = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const found = turn
      .then(() => this.#ask(name, family))
      .finally(() => {
        this.#known.delete(key);
        this.#underWay -= 1;
        this.#beginNext();
      });
    found.catch(() => {}); // nobody may be left to be told
    const lookUp = { found, begin, isUnderWay: false, waiting: 0 };
    this.#known.set(key, lookUp);
    this.#beginNext();
    return lookUp;
  }

  #beginNext(): void {
    if (this.#underWay >= this.#most) return;
    for (const lookUp of this.#known.values()) {
      if (lookUp.isUnderWay) continue;
      lookUp.isUnderWay = true;
      this.#underWay += 1;
      lookUp.begin();
      if (this.#underWay >= this.#most) return;
    }
  }
}
