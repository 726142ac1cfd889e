/** Asks for an address every 10 ms from a client host and measures how long nobody answered. */
import { fileURLToPath } from "node:url";
import type { Host } from "./netns.ts";
import type { Program } from "./program.ts";

/** What the client saw. */
export interface Account {
  readonly asked: number;
  readonly answered: number;
  readonly longestGapMs: number; // from one answer to the next
}

export class Probe {
  readonly #client: Program;

  /** Resolves when the address has answered once. */
  static async open(host: Host, address: string): Promise<Probe> {
    const probe = new Probe(host.spawn(process.execPath, CLIENT, address));
    await probe.answer();
    return probe;
  }

  private constructor(client: Program) {
    this.#client = client;
  }

  /** Waits for the next answer to arrive. */
  async answer(): Promise<void> {
    this.#client.lines.skipToNow();
    await this.#client.lines.next(/^answer /);
  }

  /** Waits until it has asked so many times more, 10 ms apart. */
  async asks(count: number): Promise<void> {
    this.#client.lines.skipToNow();
    for (let i = 0; i < count; i++) await this.#client.lines.next(/^ask /);
  }

  /** Since `sinceMs` (since 1970), by default since the start, and until the last answer. */
  account(sinceMs = 0): Account {
    const times = (kind: string) =>
      this.#client.lines.all
        .filter((line) => line.startsWith(kind))
        .map((line) => Number(line.slice(kind.length)));
    const answers = times("answer ");
    const untilMs = answers.at(-1) ?? 0;
    const gaps = answers.map((atMs, i) => (atMs < sinceMs ? 0 : atMs - (answers[i - 1] ?? atMs)));
    return {
      asked: times("ask ").filter((atMs) => atMs >= sinceMs && atMs <= untilMs).length,
      answered: answers.filter((atMs) => atMs >= sinceMs).length,
      longestGapMs: Math.max(0, ...gaps),
    };
  }

  /** Asks no more and waits for the answers that are on their way. */
  async close(): Promise<void> {
    await this.#client.stop("SIGINT");
  }
}

const CLIENT = fileURLToPath(new URL("./probe-client.js", import.meta.url));
