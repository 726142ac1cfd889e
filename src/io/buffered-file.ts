/** A file that grows by small pieces, for its owner alone, or standard output; written 64 KiB at a time. */
import { closeSync, constants, openSync, writeSync } from "node:fs";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";
import type { FileWriter } from "./ports.ts";

/** See `Files.create`. */
export function createFile(path: string): FileWriter {
  if (path === "-") return new BufferedFile(STDOUT, "standard output");
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NONBLOCK } = constants;
  try {
    const fd = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK, 0o600);
    return new BufferedFile(fd, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENXIO") throw failure("write", path, error);
    // To wait for one would keep signals waiting too.
    throw new SystemError("write", path, "ENXIO", "nobody reads this FIFO", { cause: error });
  }
}

class BufferedFile implements FileWriter {
  readonly #fd: number;
  readonly #subject: string;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #length = 0;
  #state: "open" | "closed" = "open";

  constructor(fd: number, subject: string) {
    this.#fd = fd;
    this.#subject = subject;
  }

  write(bytes: Uint8Array): void {
    if (this.#state === "closed") throw new RangeError(`${this.#subject} is closed`);
    if (bytes.length > this.#buffer.length - this.#length) this.flush();
    if (bytes.length > this.#buffer.length) {
      this.#writeAll(bytes);
      return;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  flush(): void {
    const length = this.#length;
    this.#length = 0; // what is refused once is not tried again
    this.#writeAll(this.#buffer.subarray(0, length));
  }

  close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    try {
      this.flush();
    } finally {
      if (this.#fd !== STDOUT) this.#attempt(() => closeSync(this.#fd));
    }
  }

  #writeAll(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      at += this.#attempt(() => writeSync(this.#fd, bytes, at));
    }
  }

  /** Waits where a pipe is full: nothing that was captured is thrown away. */
  #attempt<T>(work: () => T): T {
    for (;;) {
      try {
        return work();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
          throw failure("write", this.#subject, error);
        }
        Atomics.wait(NEVER_WOKEN, 0, 0, PAUSE_MS);
      }
    }
  }
}

const STDOUT = 1;
const BUFFER_BYTES = 65_536;
const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(4));
const PAUSE_MS = 1;
