/** Control sockets without an outside: who serves a name is asked in the same turn. */
import { SystemError } from "../../src/core/errors.ts";
import type { ControlClient, ControlSockets } from "../../src/io/ports.ts";

export class FakeControl implements ControlSockets {
  readonly served = new Map<string, (line: string, client: ControlClient) => void>();
  /** Why nothing can be served from now on: errno name. */
  refuse: string | undefined;

  async serve(name: string, onRequest: (line: string, client: ControlClient) => void) {
    if (this.refuse !== undefined) throw new SystemError("mkdir", "/run/vipkit", this.refuse);
    this.served.set(name, onRequest);
    return { close: () => void this.served.delete(name) };
  }

  async ask(name: string, request: string): Promise<string> {
    const onRequest = this.served.get(name);
    if (onRequest === undefined) throw new SystemError("ask", name, "not-running");
    const lines: string[] = [];
    onRequest(request, { send: (line) => lines.push(line), end: () => {} });
    return lines[0] ?? "";
  }

  names(): string[] {
    return [...this.served.keys()];
  }
}
