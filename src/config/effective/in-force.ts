/** What is in force: a value, and why it is that. */
import type { Finding } from "../finding.ts";
import type { Keyword, Setting, Table } from "../keyword.ts";
import type { Span } from "../place.ts";

export interface InForce<V> {
  readonly value: V;
  readonly origin: Origin;
}

export type Origin =
  | { readonly kind: "written"; readonly span: Span }
  | { readonly kind: "inherited"; readonly from: string; readonly span: Span } // "global_defs", "vrrp_script chk"
  | { readonly kind: "default" }
  | { readonly kind: "corrected"; readonly by: Finding; readonly from: InForce<unknown> };

/** A block with all its keywords, by their names; null: nothing is in force, and there is no default. */
export type Effective<T extends Table> = {
  readonly [K in keyof T]: T[K] extends Keyword<infer V, infer Many>
    ? Many extends true
      ? readonly InForce<EntryOf<V>>[]
      : InForce<V | null>
    : never;
};

/** A keyword whose block lists things has them all, from wherever they are written. */
type EntryOf<V> = V extends readonly Setting<infer E>[] ? E : V;

export const written = <V>({ value, span }: Setting<V>): InForce<V> => ({
  value,
  origin: { kind: "written", span },
});

export const byDefault = <V>(value: V): InForce<V> => ({ value, origin: BY_DEFAULT });

const BY_DEFAULT = { kind: "default" } as const;

/** @param from as people name it: "global_defs" */
export function inherited<V>(from: string, own: InForce<V>): InForce<V> {
  const span = spanOf(own.origin);
  return span === null ? own : { value: own.value, origin: { kind: "inherited", from, span } };
}

/** Where it is written, or was before it was corrected. */
export function spanOf(origin: Origin): Span | null {
  if (origin.kind === "corrected") return spanOf(origin.from.origin);
  return origin.kind === "default" ? null : origin.span;
}

/** Whether the configuration says it, here or where it is inherited from. */
export const isSaid = ({ origin }: InForce<unknown>): boolean => spanOf(origin) !== null;
