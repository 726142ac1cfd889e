/** Real servers that a reload has taken out: they keep the connections that they have for a while, and get no new ones. */
import { NEVER } from "../machine.ts";

export class Leaving<Server extends { readonly label: string }> {
  readonly #longestMs: number;
  readonly #servers = new Map<string, { readonly server: Server; readonly overMs: number }>();

  /** @param longestMs 0: they go at once */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  get all(): readonly Server[] {
    return Array.from(this.#servers.values(), ({ server }) => server);
  }

  begin(server: Server, nowMs: number): void {
    if (this.#longestMs > 0)
      this.#servers.set(server.label, { server, overMs: nowMs + this.#longestMs });
  }

  /** It is wanted again. */
  end(label: string): void {
    this.#servers.delete(label);
  }

  /** Those that have nothing left go, and those whose time is over. @param connectionsOf null: nobody knows */
  look(connectionsOf: (server: Server) => number | null, nowMs: number): void {
    for (const { server, overMs } of [...this.#servers.values()])
      if (nowMs >= overMs || connectionsOf(server) === 0) this.end(server.label);
  }

  /** When to look again. */
  nextMs(nowMs: number): number {
    const overMs = Math.min(NEVER, ...Array.from(this.#servers.values(), (one) => one.overMs));
    return overMs === NEVER ? NEVER : Math.max(nowMs, Math.min(overMs, nowMs + LOOK_MS));
  }
}

const LOOK_MS = 1000;
