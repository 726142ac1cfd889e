/** What is wrong, or worth to be known, at a place of the configuration. */
import { TOO_MUCH, UNDEFINED_NAME, UNMATCHED_QUOTE } from "./codes/words.ts";
import { formatPlace, type Place, type Span } from "./place.ts";

/** error: keepalived would refuse or change it, or it cannot work; warning: it does not do what it seems to. */
export type Severity = "error" | "warning" | "note";

/** One kind of finding. Its code, `vk103`, is for ever: people put it into filters. */
export interface FindingKind {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string; // a few words, the same for each finding of the kind
  readonly explains: string; // for `ha check --explain CODE`: what happens then, and what to do
}

export interface Finding {
  readonly kind: FindingKind;
  readonly span: Span;
  readonly message: string; // "unknown keyword 'priorty' in vrrp_instance (did you mean 'priority'?)"
  readonly help: string | null; // what to write instead
  readonly related: readonly Related[]; // other places it is about, as the first of two duplicates
  readonly edits: readonly Edit[]; // what `--fix` does; empty: a person has to decide
}

export interface Related {
  readonly span: Span;
  readonly message: string; // "first defined here"
}

/** Text of a file replaced by other text; a length of 0 inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Takes findings as they are made, in any order. */
export type Report = (finding: Finding) => void;

/** @param message or how to make it, where that takes long: most of very many findings nobody reads */
export function finding(
  kind: FindingKind,
  span: Span,
  message: string | (() => string),
  more: Partial<Pick<Finding, "help" | "related" | "edits">> = {},
): Finding {
  const { help = null, related = [], edits = [] } = more;
  if (typeof message === "string") return { kind, span, message, help, related, edits };
  return {
    kind,
    span,
    get message() {
      return message();
    },
    help,
    related,
    edits,
  };
}

/**
 * What lies in a definition or behind a generator is read many times: one finding for a place. Of a word that
 * is none, which is told first, nothing else is told. A file with more findings than anybody reads is another
 * one, as a rule.
 */
export function once(report: Report): Report {
  const told = new Set<string>();
  const broken = new Map<string, number[]>(); // of each line the columns of what makes a word none
  const keyOf = (place: Place | null): string => (place === null ? "" : formatPlace(place));
  return (one: Finding) => {
    if (told.size > MOST_TOLD) return;
    const { place, length } = one.span;
    const line = `${place.file.path}:${place.line}`;
    if (BREAKING.includes(one.kind)) {
      broken.set(line, [...(broken.get(line) ?? []), place.column]);
    } else if (
      broken.get(line)?.some((column) => column >= place.column && column < place.column + length)
    ) {
      return;
    }
    const key = `${one.kind.code} ${keyOf(place)} ${keyOf(place.definedAt)}`;
    if (told.has(key)) return;
    told.add(key);
    const isLast = told.size > MOST_TOLD;
    report(
      isLast
        ? finding(TOO_MUCH, one.span, `more than ${MOST_TOLD} findings: the others are not told`)
        : one,
    );
  };
}

const BREAKING: readonly FindingKind[] = [UNMATCHED_QUOTE, UNDEFINED_NAME];
const MOST_TOLD = 10_000;
