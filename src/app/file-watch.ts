/** That one of the files of the configuration says something else, by looking again and again. */

import { SystemError } from "../core/errors.ts";
import { isSameValue } from "../core/same-value.ts";
import type { Cancel, Closable, Ports } from "../io/ports.ts";

/** A file of the configuration, as it was when it was read. */
export interface FileAsRead {
  readonly path: string;
  readonly digest: Uint8Array;
}

export const digestOf = (
  bytes: Uint8Array,
  { hmacSha256 }: Pick<Ports, "hmacSha256">,
): Uint8Array => hmacSha256(NO_KEY, bytes);

type Outside = Pick<Ports, "clock" | "configurationFiles" | "hmacSha256">;

export class FileWatch implements Closable {
  readonly #ports: Outside;
  readonly #onChange: () => void;
  #paths: readonly string[] = [];
  #told: readonly Content[] = []; // that we go by
  #last: readonly Content[] = [];
  #cancel: Cancel = () => {};

  /** @param onChange not while one of them is still being written */
  constructor(ports: Outside, onChange: () => void) {
    this.#ports = ports;
    this.#onChange = onChange;
  }

  /** From now on. What became of one since it was read is a change, too. */
  follow(files: readonly FileAsRead[]): void {
    this.#cancel();
    this.#paths = files.map(({ path }) => path);
    this.#told = this.#last = files.map(({ digest }) => digest);
    if (files.length > 0) this.#lookLater();
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
        return digestOf(bytes, this.#ports);
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
