/**
 * One pipe for stdout and stderr of a program (pipe(7)): so both come in their order, and a script that
 * opens /dev/stderr can; the sockets that Node.js would give it cannot be opened.
 */
import { once } from "node:events";
import { closeSync } from "node:fs";
import { Socket } from "node:net";
import { accepted, native } from "./native.ts";

export class OutputPipe {
  readonly writeFd: number; // for the child, until `handedOver`
  readonly #reader: Socket;

  /** @throws SystemError */
  constructor(onOutput: (bytes: Uint8Array) => void) {
    const [readFd, writeFd] = accepted(native().pipe(), "pipe", "output");
    this.writeFd = writeFd;
    this.#reader = new Socket({ fd: readFd, readable: true, writable: false });
    this.#reader.on("data", onOutput);
    this.#reader.on("error", () => {}); // then it closes, too
  }

  /** The child has its copy, or will never have one: without ours the pipe ends with its writers. */
  handedOver(): void {
    closeSync(this.writeFd);
  }

  /** All that was printed has been told; who left the group and still holds the pipe is not waited for. */
  async drained(): Promise<void> {
    if (this.#reader.closed) return;
    const giveUp = setTimeout(() => this.#reader.destroy(), GRACE_MS);
    await once(this.#reader, "close");
    clearTimeout(giveUp);
  }
}

const GRACE_MS = 100;
