/** Lines of text as they arrive, and the wait for the next one that matches, as `expect` does. */
export class Lines {
  /** Every line so far, oldest first. */
  readonly all: string[] = [];
  readonly #origin: string;
  readonly #listeners = new Set<() => void>();
  #taken = 0;
  #ending: string | undefined;

  /** `origin` names the source in the error of a wait that failed. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  push(line: string): void {
    this.all.push(line);
    for (const listener of [...this.#listeners]) listener();
  }

  /** No line will follow: waits that are open fail at once. */
  end(): void {
    this.#ending = "it ended";
    for (const listener of [...this.#listeners]) listener();
  }

  /** Goes on behind the newest line: the next `next` sees only what arrives from now on. */
  skipToNow(): void {
    this.#taken = this.all.length;
  }

  /** Whether `next` would find a match without waiting. */
  hasNext(pattern: RegExp): boolean {
    return this.all.slice(this.#taken).some((line) => pattern.test(line));
  }

  /**
   * The first match in the lines behind the one that matched last; waits for it if it is still to come.
   * @throws Error with the last lines seen, when none came within `withinMs` or the source ended.
   */
  async next(pattern: RegExp, withinMs = PATIENCE_MS): Promise<RegExpExecArray> {
    return await new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const look = (): void => {
        while (this.#taken < this.all.length) {
          const match = pattern.exec(this.all[this.#taken++] ?? "");
          if (match === null) continue;
          finish();
          resolve(match);
          return;
        }
        if (this.#ending !== undefined) fail(this.#ending);
      };
      const fail = (why: string): void => {
        finish();
        const seen = this.all.slice(-20).join("\n  ");
        reject(new Error(`${this.#origin}: no line ${pattern}: ${why}; it said:\n  ${seen}`));
      };
      const timer = setTimeout(() => fail(`${withinMs} ms passed`), withinMs);
      this.#listeners.add(look);
      look();
    });
  }
}

/** Long enough for a VRRPv2 takeover on a busy machine; a wait that succeeds never takes it all. */
const PATIENCE_MS = 15_000;
