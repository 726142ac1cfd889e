/** From a file to all that is found in it. */
import { readBlock } from "../../config/block.ts";
import type { Surroundings } from "../../config/built-in.ts";
import type { EffectiveVrrp } from "../../config/effective/configuration.ts";
import type { EffectiveLvs } from "../../config/effective/lvs.ts";
import { examine } from "../../config/examine.ts";
import { type Finding, once } from "../../config/finding.ts";
import type { Host } from "../../config/host.ts";
import { withPlaces } from "../../config/misplaced.ts";
import { withMoves } from "../../config/moves.ts";
import { notActedOn } from "../../config/not-acted-on.ts";
import { comparePlaces, type SourceFile } from "../../config/place.ts";
import { type Configuration, ROOT } from "../../config/tables/root.ts";
import type { ConfigurationFiles } from "../../io/ports.ts";
import { loadConfiguration } from "./load-configuration.ts";

export interface CheckWish {
  readonly surroundings: Surroundings;
  readonly host: Host | null; // whom the file is for; null: what depends on it is not judged
  readonly tellsUnused: boolean; // also which keywords are not yet acted on
}

export interface CheckedConfiguration {
  readonly files: readonly SourceFile[]; // the first is the main one
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
  const unused = tellsUnused ? notActedOn(document.statements, ROOT) : null;
  if (unused !== null) report(unused);
  findings.sort((a, b) => comparePlaces(a.span.place, b.span.place));
  const helped = withPlaces(findings, document.statements);
  const fixable = withMoves(helped, document.statements);
  return { files: document.files, configuration, vrrp, lvs, findings: fixable };
}

/** Those for which keepalived would not start as it is written, or run no VRRP at all. */
export const errorsOf = ({
  vrrp,
  findings,
}: Pick<CheckedConfiguration, "vrrp" | "findings">): readonly Finding[] =>
  findings.filter((one) => one.kind.severity === "error" || vrrp.refusals.includes(one));
