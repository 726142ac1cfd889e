/** That one of the files of the configuration says something else, by looking again and again. */

import { SystemError } from "../../../../core/errors.ts";
import { isSameValue } from "../../../../core/same-value.ts";
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";

type Outside = Pick<Ports, "clock" | "configurationFiles" | "hmacSha256">;

export class FileWatch implements Closable {
  readonly #ports: Outside;
  readonly #onChange: () => void;
  #paths: readonly string[] = [];
  #told: readonly Content[] = []; // by which we go
  #last: readonly Content[] = [];
  #cancel: Cancel = () => {};

  /** @param onChange not while one of them is still being written */
  constructor(ports: Outside, onChange: () => void) {
    this.#ports = ports;
    this.#onChange = onChange;
  }

  /** From now on, as they are now. */
  follow(paths: readonly string[]): void {
    this.#cancel();
    this.#paths = paths;
    this.#told = this.#last = this.#look();
    if (paths.length > 0) this.#lookLater();
  }

  close(): void {
    this.#cancel();
  }

  #lookLater(): void {
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.nowMs() + PAUSE_MS, () => {
      const now = this.#look();
      const isSettled = isSameValue(now, this.#last);
      this.#last = now;
      this.#lookLater();
      if (!isSettled || isSameValue(now, this.#told)) return;
      this.#told = now;
      this.#onChange();
    });
  }

  #look(): readonly Content[] {
    return this.#paths.map((path) => {
      try {
        const { bytes } = this.#ports.configurationFiles.read(path);
        return this.#ports.hmacSha256(NO_KEY, bytes);
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        return error.code;
      }
    });
  }
}

/** A digest, or why there is none. */
type Content = Uint8Array | string;

const NO_KEY = new Uint8Array(1);

/** What is the same after it is no longer being written. */
const PAUSE_MS = 1000;
