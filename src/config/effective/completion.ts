/** An instance while it is completed: each step sets what it finds, and tells what it changes. */
import { type Finding, type FindingKind, finding, type Report } from "../finding.ts";
import type { Host } from "../host.ts";
import type { Values } from "../keyword.ts";
import type { Span } from "../place.ts";
import type { VRRP_INSTANCE } from "../tables/vrrp-instance.ts";
import type { Globals } from "./globals.ts";
import { type InForce, spanOf } from "./in-force.ts";
import type { EffectiveInstance } from "./instance.ts";

export type Draft = { -readonly [K in keyof EffectiveInstance]: EffectiveInstance[K] };

/** What of an instance is one value. */
export type OneValue = {
  [K in keyof Draft]: Draft[K] extends InForce<unknown> ? K : never;
}[keyof Draft];
export type ValueOf<K extends OneValue> = Draft[K] extends InForce<infer V> ? V : never;

export type More = Partial<Pick<Finding, "help" | "related" | "edits">>;

export class Completion {
  readonly draft: Draft;
  readonly written: Values<typeof VRRP_INSTANCE>;
  readonly globals: Globals;
  readonly host: Host | null;
  readonly #report: Report;

  constructor(
    draft: Draft,
    written: Values<typeof VRRP_INSTANCE>,
    globals: Globals,
    host: Host | null,
    report: Report,
  ) {
    this.draft = draft;
    this.written = written;
    this.globals = globals;
    this.host = host;
    this.#report = report;
  }

  /** Says what is wrong where `at` is written, or at the name of the instance. */
  tell(
    kind: FindingKind,
    at: InForce<unknown> | Span | null,
    message: string,
    more: More = {},
  ): Finding {
    const span = at !== null && "origin" in at ? spanOf(at.origin) : at;
    const found = finding(kind, span ?? this.draft.span, message, more);
    this.#report(found);
    return found;
  }

  /** Gives a keyword another value, and says so. */
  correct<K extends OneValue>(
    key: K,
    value: ValueOf<K>,
    kind: FindingKind,
    message: string,
    more: More = {},
  ): void {
    const before: InForce<unknown> = this.draft[key];
    this.set(key, corrected(before, value, this.tell(kind, before, message, more)));
  }

  set<K extends OneValue>(key: K, value: InForce<ValueOf<K>>): void {
    (this.draft as Record<OneValue, InForce<unknown>>)[key] = value;
  }

  /** The instance stays in FAULT. */
  fault(found: Finding): void {
    this.draft.faults = [...this.draft.faults, found];
  }

  /** keepalived runs no VRRP. */
  refuse(found: Finding): void {
    this.draft.refusals = [...this.draft.refusals, found];
  }
}

export const corrected = <V>(before: InForce<unknown>, value: V, by: Finding): InForce<V> => ({
  value,
  origin: { kind: "corrected", by, from: before },
});
