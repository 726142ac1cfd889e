/** A FIFO that processes hold open, by which their end is seen, whosever children they are. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync } from "node:fs";
import { Socket } from "node:net";

export class Lifeline implements Disposable {
  readonly #fd: number;
  #socket: Socket | undefined;

  /** To be made before anybody opens it: who does so for writing does not wait then. */
  constructor(path: string) {
    execFileSync("mkfifo", ["-m", "666", path]);
    this.#fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  }

  /** Resolves when nobody has it open any more. To be called once, when all have it who are to be waited for. */
  async isLetGo(): Promise<void> {
    this.#socket = new Socket({ fd: this.#fd, writable: false });
    this.#socket.resume();
    await once(this.#socket, "end", { signal: AbortSignal.timeout(PATIENCE_MS) });
  }

  [Symbol.dispose](): void {
    if (this.#socket === undefined) closeSync(this.#fd);
    else this.#socket.destroy();
  }
}

const PATIENCE_MS = 15_000;
