/** Named pipes that are written to without ever waiting for a reader (fifo(7)). */
import {
  chownSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  rmSync,
  writeSync,
} from "node:fs";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";
import type { Fifo, FifoOptions } from "./notice-ports.ts";
import { runProgram } from "./program.ts";

export async function openFifo(path: string, { mode, owner }: FifoOptions): Promise<Fifo> {
  let isOurs = false;
  let fd: number | undefined;
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
      await make(path, mode);
      isOurs = true;
      if (owner !== null) chownSync(path, owner.uid, owner.gid);
    }
    fd = openSync(path, OPEN_FLAGS);
    const { uid } = demandFifo(path, fd);
    if (uid !== process.getuid?.() && uid !== owner?.uid)
      throw new SystemError("open", path, "stranger", `it belongs to user ${uid}`);
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    if (isOurs) rmSync(path, { force: true });
    throw error instanceof SystemError ? error : failure("open", path, error);
  }
  return new OpenFifo(path, fd, isOurs);
}

class OpenFifo implements Fifo {
  readonly #path: string;
  readonly #isOurs: boolean;
  #fd: number | undefined;

  constructor(path: string, fd: number, isOurs: boolean) {
    this.#path = path;
    this.#fd = fd;
    this.#isOurs = isOurs;
  }

  write(line: string): boolean {
    if (this.#fd === undefined) return false;
    try {
      writeSync(this.#fd, line); // as a whole or not at all: it is shorter than PIPE_BUF
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return false;
      throw failure("write", this.#path, error);
    }
  }

  close(): void {
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
    if (this.#isOurs) rmSync(this.#path, { force: true });
  }
}

/** Node.js has no mkfifo(3). */
async function make(path: string, mode: number): Promise<void> {
  const argv = ["mkfifo", "-m", mode.toString(8), "--", path];
  const { exitCode, startError } = await runProgram({ argv, environment: {}, limitMs: 5000 });
  if (exitCode === 0) return;
  const detail = startError === null ? "" : "it takes the program mkfifo";
  throw new SystemError("mkfifo", path, startError ?? "failed", detail);
}

function demandFifo(path: string, fd: number): { readonly uid: number } {
  const found = fstatSync(fd);
  if (found.isFIFO()) return found;
  throw new SystemError("open", path, "no-fifo", "it is there, and no FIFO");
}

/** With a reader of our own, so that a FIFO without one can be opened and never raises EPIPE. */
const OPEN_FLAGS = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW;
