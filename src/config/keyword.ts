/**
 * The shape of the keyword tables: one keyword is one row, and the reader, its documentation, completion
 * and `ha check --keywords` come from it. The type of what is read is derived from the table.
 */

import type { Span } from "./place.ts";
import type { Reading } from "./reading.ts";

/** How what stands behind a keyword becomes a value: its words, its block, or both. */
export interface Argument<V> {
  readonly usage: string; // for people: "1..255", "SECONDS", "{ ADDRESS ... }"
  /** @returns undefined after it has reported what is wrong: the keyword then counts as not written. */
  read(reading: Reading): V | undefined;
  /** The value as it would be written, where its type does not tell that. */
  format?(value: V): string;
  /** The keywords inside its block, for documentation and for hints. */
  readonly table?: Table;
}

export interface Keyword<V = unknown, Many extends boolean = boolean> {
  readonly does: string; // one sentence
  readonly takes: Argument<V>;
  readonly isMany: Many; // each counts, in their order; otherwise the last one does, or the first
  readonly unit: string | null; // of a number: "s", "us", "ms", "bytes"
  readonly default: string | null; // as it would be written; null: none, or another keyword's
  readonly since: string | null; // version of keepalived; null: 2.2.7 has it
  readonly insteadOf: string | null; // deprecated: what to write instead
  readonly isRefused: boolean; // of a deprecated one: `keepalived -t` counts it as an error
  readonly sameAs: string | null; // another spelling of that row, which gets its setting
  readonly isFirst: boolean; // written again, the first one counts, and `keepalived -t` complains
  readonly isReplaced: boolean; // written again, the last one counts, and `keepalived -t` complains
  readonly isJoined: boolean; // a block that is written again goes on with the first
  readonly actsIn: Acting | null; // null: understood, not yet acted on
}

/** Which command does something by it today. */
export type Acting = "check" | "simulate" | "up";

export type Table = Readonly<Record<string, Keyword>>;

/** A value and where it was written. */
export interface Setting<V> {
  readonly value: V;
  readonly keyword: Span;
  readonly span: Span; // its arguments; the keyword where it has none
}

/** What was read from a block: of each keyword its setting, null where it was not written. */
export type Values<T extends Table> = {
  readonly [K in keyof T]: T[K] extends Keyword<infer V, infer Many>
    ? Many extends true
      ? readonly Setting<V>[]
      : Setting<V> | null
    : never;
};

/** Beside the settings of a block: the keywords of which an error is told, also as what an unknown one may mean. */
export interface Blamed {
  readonly [BLAMED]?: ReadonlySet<string>;
}

export const BLAMED: unique symbol = Symbol("blamed");

/** Whether something wrong is told of a keyword already, so that nobody has to be told that it is missing. */
export const isBlamed = (values: object, name: string): boolean =>
  (values as Blamed)[BLAMED]?.has(name) ?? false;

type Details = Partial<Omit<Keyword, "does" | "takes" | "isMany">>;

export const keyword = <V>(
  does: string,
  takes: Argument<V>,
  details: Details = {},
): Keyword<V, false> => row(does, takes, false, details);

/** One that may be written several times, each adding to the others. */
export const keywords = <V>(
  does: string,
  takes: Argument<V>,
  details: Details = {},
): Keyword<V, true> => row(does, takes, true, details);

/** Another spelling of a row. */
export const spelling = <V, Many extends boolean>(
  of: string,
  own: Keyword<V, Many>,
  details: Details = {},
): Keyword<V, Many> => row(own.does, own.takes, own.isMany, { ...own, ...details, sameAs: of });

/** Field by field: to copy the details into it, of each of some hundred rows, is felt at each start. */
const row = <V, Many extends boolean>(
  does: string,
  takes: Argument<V>,
  isMany: Many,
  details: Details,
): Keyword<V, Many> => ({
  does,
  takes,
  isMany,
  unit: details.unit ?? null,
  default: details.default ?? null,
  since: details.since ?? null,
  insteadOf: details.insteadOf ?? null,
  isRefused: details.isRefused ?? false,
  sameAs: details.sameAs ?? null,
  isFirst: details.isFirst ?? false,
  isReplaced: details.isReplaced ?? false,
  isJoined: details.isJoined ?? false,
  actsIn: details.actsIn ?? null,
});
