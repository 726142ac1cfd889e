/** Fixes that were tried before they are made: what was in force stays, and no other error comes. */
import { TRACKED_TOO_EARLY } from "../../config/codes/tracking.ts";
import { UNKNOWN_KEYWORD } from "../../config/codes/words.ts";
import type { Finding, FindingKind } from "../../config/finding.ts";
import { blocksOf } from "../../config/shown/blocks.ts";
import type { Shown } from "../../config/shown/shown.ts";
import type { ConfigurationFiles } from "../../io/ports.ts";
import {
  type CheckedConfiguration,
  type CheckWish,
  checkConfiguration,
} from "./check-configuration.ts";
import { type Fixes, fixesOf, withRewrites } from "./rewrite-file.ts";

type Reading = Pick<ConfigurationFiles, "read" | "match">;

export interface ProvenFixes extends Fixes {
  readonly refused: readonly Finding[]; // they would change more than is meant
}

/** @param before what was found in the file. @throws SystemError as `fixesOf` does */
export function provenFixes(
  path: string,
  before: CheckedConfiguration,
  wish: CheckWish,
  files: Reading,
): ProvenFixes {
  const proves = (fixes: Fixes): boolean => {
    if (fixes.fixed.length === 0) return true;
    const after = checkConfiguration(path, wish, withRewrites(files, fixes.rewrites));
    return isMeant(before, after, fixes.fixed);
  };
  const all = fixesOf(before.findings, files);
  if (proves(all)) return { ...all, refused: [] };
  let [good, refused]: [Fixes, readonly Finding[]] = [fixesOf([], files), all.fixed];
  for (const one of all.fixed.slice(0, MOST_TRIED)) {
    const more = fixesOf([...good.fixed, one], files);
    if (!proves(more)) continue;
    good = more;
    refused = refused.filter((other) => other !== one);
  }
  return { ...good, left: all.left, refused };
}

function isMeant(
  before: CheckedConfiguration,
  after: CheckedConfiguration,
  fixed: readonly Finding[],
): boolean {
  const errors = countsOf(before.findings);
  for (const { kind } of fixed) errors.set(kind, (errors.get(kind) ?? 0) - 1);
  for (const [kind, count] of countsOf(after.findings)) {
    if (
      count > (errors.get(kind) ?? 0) &&
      (kind.severity === "error" || fixed.some((one) => one.kind === kind))
    ) {
      return false;
    }
  }
  const spelt = spellingsOf(fixed);
  const said = saidIn(blocksOf(before), spelt);
  const still = saidIn(blocksOf(after), spelt);
  if (![...said].every((line) => still.has(line))) return false;
  // What is moved was ignored where it stood, and comes into force; another spelling changes nothing.
  if (fixed.some(({ kind }) => MOVED.has(kind))) return true;
  return said.size === still.size && textOf(before.lvs) === textOf(after.lvs);
}

function countsOf(findings: readonly Finding[]): Map<FindingKind, number> {
  const counts = new Map<FindingKind, number>();
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Of what is shown as it is written, as a route, each word that has another spelling now, in that one. */
function spellingsOf(fixed: readonly Finding[]): ReadonlyMap<string, string> {
  const edits = fixed
    .flatMap((one) => one.edits)
    .filter(({ span, text }) => span.length > 0 && text !== "");
  return new Map(
    edits.map(({ span: { place, length }, text }) => {
      const line = place.file.lines[place.line - 1] ?? "";
      return [line.slice(place.column - 1, place.column - 1 + length), text];
    }),
  );
}

/** What somebody wrote, wherever that is. */
function saidIn(
  shown: Shown,
  spelt: ReadonlyMap<string, string>,
  above = "",
  said: Set<string> = new Set(),
): Set<string> {
  for (const one of shown) {
    if ("lines" in one) {
      const name = `${above}/${one.keyword} ${one.name}`;
      said.add(name);
      saidIn(one.lines, spelt, name, said);
    } else if (one.text !== null && BY_WRITER.has(one.origin.kind)) {
      const words = one.text.split(" ").map((word) => spelt.get(word) ?? word);
      said.add([`${above}/${one.keyword}`, ...words].join(" "));
    }
  }
  return said;
}

/** Without the places. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (key, one: unknown) => (PLACES.has(key) ? undefined : one));

const BY_WRITER: ReadonlySet<string> = new Set(["written", "inherited"]);
const MOVED: ReadonlySet<FindingKind> = new Set([TRACKED_TOO_EARLY, UNKNOWN_KEYWORD]);
const PLACES: ReadonlySet<string> = new Set(["span", "keyword", "origin", "place"]);
const MOST_TRIED = 64;
