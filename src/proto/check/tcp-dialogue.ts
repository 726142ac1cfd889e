/** A talk with a service: what is said to it, and what it must answer, step by step. */

import { findPattern, type Pattern } from "../../core/byte-pattern.ts";
import { joinBytes } from "../../core/byte-text.ts";
import { type CheckFinding, down } from "./result.ts";

export type DialogueStep =
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  | { readonly kind: "expect"; readonly pattern: Pattern };

export type DialogueOrder =
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  | { readonly kind: "listen" }
  | { readonly kind: "over" }
  | { readonly kind: "failed"; readonly finding: CheckFinding };

/** At most 64 KiB are kept of what has not been expected yet. */
export class TcpDialogue {
  readonly #steps: readonly DialogueStep[];
  #at = 0;
  #heard: Uint8Array = new Uint8Array(0); // since the last match
  #hasEnded: boolean = false;
  /** The first line that came, without its end; null while there is none. */
  firstLine: string | null = null;
  #begin: Uint8Array = new Uint8Array(0); // of all that came

  constructor(steps: readonly DialogueStep[]) {
    this.#steps = steps;
  }

  /** What is to be done now; a `send` is given once. */
  next(): DialogueOrder {
    for (;;) {
      const step = this.#steps[this.#at];
      if (step === undefined) return { kind: "over" };
      if (step.kind === "send") {
        this.#at += 1;
        return step;
      }
      const end = this.#heard.length > 0 ? findPattern(step.pattern, this.#heard) : undefined;
      if (end === undefined) return this.#unmet(step.pattern);
      this.#heard = this.#heard.slice(end);
      this.#at += 1;
    }
  }

  /** @param bytes that came; undefined: no more will */
  hear(bytes: Uint8Array | undefined): void {
    if (bytes === undefined) {
      this.#hasEnded = true;
      return;
    }
    this.#heard = joinBytes([this.#heard, bytes]);
    if (this.#begin.length < LONGEST_LINE) {
      this.#begin = joinBytes([this.#begin, bytes.subarray(0, LONGEST_LINE)]);
      this.firstLine = firstLineOf(this.#begin);
    }
  }

  /** Which pattern is waited for, and what came instead. */
  get waiting(): string {
    const step = this.#steps[this.#at];
    return step?.kind === "expect" ? `${this.#place} wants ${quote(step.pattern)}${this.#got}` : "";
  }

  get #place(): string {
    return this.#steps.length === 1 ? "it" : `step ${this.#at + 1}`;
  }

  get #got(): string {
    const line = firstLineOf(this.#heard);
    return line === null ? ", got nothing" : `, got ${JSON.stringify(line)}`;
  }

  #unmet(pattern: Pattern): DialogueOrder {
    if (this.#hasEnded)
      return failed(`connection closed before ${quote(pattern)} came${this.#got}`);
    return this.#heard.length >= MOST_HEARD
      ? failed(`more than 64 KiB without ${quote(pattern)}${this.#got}`)
      : { kind: "listen" };
  }
}

/** The beginning up to the end of the line, or 200 characters. */
export function firstLineOf(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  const text = new TextDecoder().decode(bytes.subarray(0, LONGEST_LINE));
  return (/^[^\r\n]*/.exec(text.replace(/^[\r\n]+/, ""))?.[0] ?? "").slice(0, MOST_CHARACTERS);
}

const quote = ({ text }: Pattern): string => JSON.stringify(text.slice(0, MOST_CHARACTERS));

const failed = (detail: string): DialogueOrder => ({
  kind: "failed",
  finding: down("L7RSP", detail),
});

const MOST_HEARD = 65_536;
const LONGEST_LINE = 1024; // bytes that are looked at
const MOST_CHARACTERS = 200;
