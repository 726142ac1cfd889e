/** Control sockets without an outside: who serves a name gets the request in the same turn. */
import { SystemError } from "../../src/core/errors.ts";
import type { ControlClient, ControlSockets } from "../../src/io/ports.ts";

export class FakeControl implements ControlSockets {
  readonly served = new Map<string, (line: string, client: ControlClient) => void>();
  readonly #followers = new Map<() => void, string>(); // by name
  /** Why nothing can be served from now on: errno name. */
  refuse: string | undefined;

  /** How many follow now. */
  get following(): number {
    return this.#followers.size;
  }

  async serve(name: string, onRequest: (line: string, client: ControlClient) => void) {
    if (this.refuse !== undefined) throw new SystemError("mkdir", "/run/vipkit", this.refuse);
    this.served.set(name, onRequest);
    return {
      close: () => {
        this.served.delete(name);
        for (const [end, followed] of this.#followers) if (followed === name) end();
      },
    };
  }

  async ask(name: string, request: string): Promise<string> {
    let first: string | undefined;
    const onLine = (line: string): void => {
      first ??= line;
    };
    await this.follow(name, request, onLine, new AbortController().signal);
    return first ?? "";
  }

  follow(name: string, request: string, onLine: (line: string) => void, signal: AbortSignal) {
    const onRequest = this.served.get(name);
    if (onRequest === undefined) {
      return Promise.reject(new SystemError("ask", name, "not-running"));
    }
    return new Promise<void>((resolve) => {
      let gone = (): void => {};
      const end = (): void => {
        this.#followers.delete(end);
        gone();
        resolve();
      };
      this.#followers.set(end, name);
      signal.addEventListener("abort", end, { once: true });
      const keep = (onGone: () => void): void => {
        gone = onGone;
      };
      const stream = async (lines: Iterable<string>): Promise<void> => {
        for (const line of lines) onLine(line);
      };
      onRequest(request, { send: onLine, stream, end, keep });
    });
  }

  names(): string[] {
    return [...this.served.keys()];
  }
}
