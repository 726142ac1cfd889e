/**
 * An append-only file of records, written beside the event loop: whoever notes one never waits. Bounded
 * in memory and on disk. While it cannot be written the records wait; those beyond the bound are counted.
 */
import { SystemError } from "../../../../core/errors.ts";
import { formatJson } from "../../../../core/json.ts";
import type { Cancel, Ports } from "../../../../io/ports.ts";
import { OLDER_JOURNALS, olderJournal } from "../../journal-files.ts";

export interface JournalWitness {
  /** The head of a record. @param atMs when what it tells was, Clock.nowMs */
  readonly head: (atMs: number) => object;
  /** All that a reader has to know who knows nothing of what was before. */
  readonly standing: () => readonly object[];
  readonly trouble: (text: string) => void;
}

export class Journal {
  readonly #path: string;
  readonly #ports: Pick<Ports, "clock" | "files">;
  readonly #witness: JournalWitness;
  #waiting: string[] = [];
  #lost: { readonly head: object; count: number } | undefined;
  #refusal: string | undefined; // why it cannot be written now
  #work: Promise<void> | undefined;
  #cancel: Cancel = () => {};

  constructor(path: string, ports: Pick<Ports, "clock" | "files">, witness: JournalWitness) {
    this.#path = path;
    this.#ports = ports;
    this.#witness = witness;
  }

  note(record: object, atMs = this.#ports.clock.nowMs()): void {
    const head = this.#witness.head(atMs);
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(lineOf(head, record));
    else {
      this.#lost ??= { head, count: 0 };
      this.#lost.count += 1;
    }
    if (this.#refusal === undefined) this.#begin();
  }

  /** Resolves when all that was noted is written, or cannot be. */
  async settled(): Promise<void> {
    this.#cancel();
    this.#begin();
    await this.#work;
    this.#cancel();
  }

  #begin(): void {
    this.#work ??= this.#write().finally(() => {
      this.#work = undefined;
    });
  }

  async #write(): Promise<void> {
    await Promise.resolve(); // what is noted in the same turn goes into the same write
    try {
      while (this.#waiting.length > 0) {
        const lines = this.#waiting.slice(0, MOST_AT_ONCE);
        const length = await this.#append(lines.join(""));
        this.#waiting.splice(0, lines.length);
        if (this.#waiting.length === 0) this.#confess();
        if (length > MOST_BYTES) await this.#rotate();
      }
      if (this.#refusal !== undefined) this.#witness.trouble("the journal is written again");
      this.#refusal = undefined;
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      this.#fail(error.message);
    }
  }

  async #append(text: string): Promise<number> {
    return await this.#ports.files.append(this.#path, new TextEncoder().encode(text));
  }

  /** There is room again: what was lost is told, and then how things are. */
  #confess(): void {
    if (this.#lost === undefined) return;
    const { head, count } = this.#lost;
    this.#lost = undefined;
    this.#waiting.push(lineOf(head, { type: "lost", count }), ...this.#standing());
  }

  /** Each file can be read without the older ones. */
  async #rotate(): Promise<void> {
    const { files } = this.#ports;
    for (let age = OLDER_JOURNALS - 1; age >= 0; age--) {
      const [from, to] = [age, age + 1].map((one) => olderJournal(this.#path, one));
      await files.rename(from as string, to as string).catch(unlessMissing);
    }
    await this.#append(this.#standing().join(""));
  }

  #standing(): string[] {
    const head = this.#witness.head(this.#ports.clock.nowMs());
    return this.#witness.standing().map((record) => lineOf(head, record));
  }

  #fail(reason: string): void {
    if (this.#refusal === undefined) {
      this.#witness.trouble(`the journal cannot be written, and waits: ${reason}`);
    }
    this.#refusal = reason;
    const { clock } = this.#ports;
    this.#cancel();
    this.#cancel = clock.at(clock.nowMs() + RETRY_MS, () => this.#begin());
  }
}

const lineOf = (head: object, record: object): string => `${formatJson({ ...head, ...record })}\n`;

function unlessMissing(error: unknown): void {
  if (!(error instanceof SystemError && error.code === "ENOENT")) throw error;
}

const MOST_WAITING = 4096; // a thousand routers that change twice
const MOST_AT_ONCE = 512;
/** Nine months of a node at rest, in eight files. */
const MOST_BYTES = 4 << 20;
const RETRY_MS = 1000;
