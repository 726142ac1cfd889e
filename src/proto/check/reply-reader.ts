/** Replies as SMTP (RFC 5321 section 4.2) and FTP (RFC 959 section 4.2) have them: `250-first`, `250 last`. */
import { MOST_BYTES } from "./dialogue.ts";

export interface Reply {
  readonly code: number; // 100..599
  readonly lines: readonly string[]; // without the code where a line has it
}

/**
 * `every-line`: each line of a reply has its code (SMTP); `first-and-last`: what is between may be
 * anything (FTP).
 */
export type CodedLines = "every-line" | "first-and-last";

export class ReplyReader {
  readonly #coded: CodedLines;
  readonly #line = new Uint8Array(MOST_LINE_BYTES);
  #lineBytes = 0;
  #bytes = 0; // of all
  #code: number | undefined; // of the reply that is not complete
  #lines: string[] = [];

  constructor(coded: CodedLines) {
    this.#coded = coded;
  }

  /** Whether a part of a reply has come. */
  get isAmid(): boolean {
    return this.#lineBytes > 0 || this.#code !== undefined;
  }

  /** @returns the replies that are complete now, or why the bytes are none; nothing is to be fed then */
  take(bytes: Uint8Array): readonly Reply[] | string {
    this.#bytes += bytes.length;
    if (this.#bytes > MOST_BYTES) return `more than ${MOST_BYTES / 1024} KiB of answers`;
    const replies: Reply[] = [];
    for (const byte of bytes) {
      if (byte !== LF) {
        if (this.#lineBytes === MOST_LINE_BYTES)
          return `a line of more than ${MOST_LINE_BYTES / 1024} KiB`;
        this.#line[this.#lineBytes++] = byte;
        continue;
      }
      const line = new TextDecoder().decode(this.#line.subarray(0, this.#lineBytes));
      this.#lineBytes = 0;
      const reply = this.#addLine(line.replace(/\r$/, ""));
      if (typeof reply === "string") return reply;
      if (reply !== undefined) replies.push(reply);
    }
    return replies;
  }

  #addLine(line: string): Reply | string | undefined {
    const [, digits, mark, rest = line] = /^([1-5]\d\d)(?:([ -])(.*))?$/s.exec(line) ?? [];
    const code = digits === undefined ? undefined : Number(digits);
    const isIts = code !== undefined && (this.#code === undefined || code === this.#code);
    if (!isIts && (this.#code === undefined || this.#coded === "every-line"))
      return `no reply with a code: ${line.slice(0, MOST_QUOTED)}`;
    this.#lines.push(isIts ? (mark === undefined ? "" : rest) : line);
    this.#code ??= code;
    if (!isIts || mark === "-") return undefined;
    const reply = { code: code ?? 0, lines: this.#lines };
    this.#code = undefined;
    this.#lines = [];
    return reply;
  }
}

const LF = 10;
const MOST_LINE_BYTES = 4096;
const MOST_QUOTED = 100;
