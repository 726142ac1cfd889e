/** From a file to all that is found in it. */
import { readBlock } from "../../config/block.ts";
import type { Surroundings } from "../../config/built-in.ts";
import {
  EXECUTABLE_FILE,
  INCLUDE_LOOP,
  INCLUDE_MISSING,
  INCLUDE_NOT_READ,
  INCLUDE_SKIPPED,
  INCLUDE_UNREADABLE,
  NOTHING_WRITTEN,
  TOO_MUCH,
} from "../../config/codes/words.ts";
import type { EffectiveVrrp } from "../../config/effective/configuration.ts";
import type { EffectiveLvs } from "../../config/effective/lvs.ts";
import { examine } from "../../config/examine.ts";
import { type Finding, type FindingKind, finding, once } from "../../config/finding.ts";
import type { Host } from "../../config/host.ts";
import { withPlaces } from "../../config/misplaced.ts";
import { withMoves } from "../../config/moves.ts";
import { notActedOn } from "../../config/not-acted-on.ts";
import { comparePlaces, type SourceFile } from "../../config/place.ts";
import { type Configuration, ROOT } from "../../config/tables/root.ts";
import type { SystemError } from "../../core/errors.ts";
import type { ConfigurationFiles } from "../../io/ports.ts";
import { loadConfiguration } from "./load-configuration.ts";

export interface CheckWish {
  readonly surroundings: Surroundings;
  readonly host: Host | null; // whom the file is for; null: what depends on it is not judged
  readonly tellsUnused: boolean; // also which keywords are not yet acted on
}

export interface CheckedConfiguration {
  readonly files: readonly SourceFile[]; // the first is the main one
  readonly ids: ReadonlySet<string>; // for whom lines are, as @ID
  readonly unread: readonly SystemError[]; // why an included file is not known
  readonly configuration: Configuration;
  readonly vrrp: EffectiveVrrp;
  readonly lvs: EffectiveLvs;
  readonly findings: readonly Finding[]; // in the order of their places
}

/** @throws SystemError where the file itself cannot be read */
export function checkConfiguration(
  path: string,
  { surroundings, host, tellsUnused }: CheckWish,
  files: Pick<ConfigurationFiles, "read" | "match">,
): CheckedConfiguration {
  const findings: Finding[] = [];
  const report = once((one) => findings.push(one));
  const document = loadConfiguration(path, ROOT, surroundings, files);
  for (const one of document.findings) report(one);
  const configuration = readBlock(document.statements, ROOT, "", report);
  const { vrrp, lvs } = examine(configuration, host, report);
  if (tellsUnused) for (const one of notActedOn(document.statements, ROOT)) report(one);
  if (document.statements.length === 0 && findings.length === 0) {
    const [file] = document.files as [SourceFile];
    const span = { place: { file, line: 1, column: 1, definedAt: null }, length: 0 };
    report(finding(NOTHING_WRITTEN, span, `${path} says nothing`));
  }
  findings.sort((a, b) => comparePlaces(a.span.place, b.span.place));
  const helped = withPlaces(findings, document.statements);
  const fixable = withMoves(helped, document.statements);
  const { files: read, ids, unread } = document;
  return { files: read, ids, unread, configuration, vrrp, lvs, findings: fixable };
}

/** Includes without which keepalived goes on. */
export const skippedOf = ({
  findings,
}: Pick<CheckedConfiguration, "findings">): readonly Finding[] =>
  findings.filter(({ kind }) => kind === INCLUDE_SKIPPED || kind === INCLUDE_NOT_READ);

/** Those which keepalived complains of, or for which it runs no VRRP at all. */
export const errorsOf = ({
  vrrp,
  findings,
}: Pick<CheckedConfiguration, "vrrp" | "findings">): readonly Finding[] =>
  findings.filter((one) => one.kind.severity === "error" || vrrp.refusals.includes(one));

/** Errors that keepalived does not outlive: it does not start, or runs no VRRP. With others it runs what is in force. */
export const fatalOf = ({
  vrrp,
  findings,
}: Pick<CheckedConfiguration, "vrrp" | "findings">): readonly Finding[] =>
  findings.filter((one) => FATAL.has(one.kind) || vrrp.refusals.includes(one));

const FATAL: ReadonlySet<FindingKind> = new Set([
  ...[EXECUTABLE_FILE, INCLUDE_LOOP, INCLUDE_MISSING, INCLUDE_UNREADABLE, TOO_MUCH],
]);
