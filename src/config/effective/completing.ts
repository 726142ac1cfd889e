/** Something while it is completed: each step sets what it finds, and tells what it changes. */
import { type Finding, type FindingKind, finding, type Report } from "../finding.ts";
import type { Span } from "../place.ts";
import { type InForce, spanOf } from "./in-force.ts";

export type Writable<D> = { -readonly [K in keyof D]: D[K] };

/** What of a block is one value. */
export type OneValue<D> = {
  [K in keyof D]: D[K] extends InForce<unknown> ? K : never;
}[keyof D];
export type ValueOf<D, K extends keyof D> = D[K] extends InForce<infer V> ? V : never;

export type More = Partial<Pick<Finding, "help" | "related" | "edits">>;

/** @template D a block as it is in force; its span is that of its name */
export class Completing<D extends { readonly span: Span }> {
  readonly draft: Writable<D>;
  readonly report: Report;

  constructor(draft: Writable<D>, report: Report) {
    this.draft = draft;
    this.report = report;
  }

  /** Says what is wrong where `at` is written, or at the name of the block. */
  tell(
    kind: FindingKind,
    at: InForce<unknown> | Span | null,
    message: Parameters<typeof finding>[2],
    more: More = {},
  ): Finding {
    const span = at !== null && "origin" in at ? spanOf(at.origin) : at;
    const found = finding(kind, span ?? this.draft.span, message, more);
    this.report(found);
    return found;
  }

  /** Gives a keyword another value, and says so. */
  correct<K extends OneValue<D>>(
    key: K,
    value: ValueOf<D, K>,
    kind: FindingKind,
    message: string,
    more: More = {},
  ): void {
    const before = this.draft[key] as InForce<unknown>;
    this.set(key, corrected(before, value, this.tell(kind, before, message, more)));
  }

  set<K extends OneValue<D>>(key: K, value: InForce<ValueOf<D, K>>): void {
    (this.draft as Record<OneValue<D>, InForce<unknown>>)[key] = value;
  }
}

export const corrected = <V>(before: InForce<unknown>, value: V, by: Finding): InForce<V> => ({
  value,
  origin: { kind: "corrected", by, from: before },
});
