/** What a keepalived.conf, with all that it includes, wants of IPVS. */
import type { Surroundings } from "../../config/built-in.ts";
import {
  INCLUDE_NOT_READ,
  INCLUDE_SKIPPED,
  LINE_TOO_LONG,
  NO_BLOCK,
  NUL_BYTE,
  UNCLOSED_BLOCK,
  UNEXPECTED_BLOCK,
  UNEXPECTED_CLOSE,
  UNEXPECTED_OPEN,
  UNKNOWN_KEYWORD,
  UNMATCHED_QUOTE,
} from "../../config/codes/words.ts";
import type { FindingKind } from "../../config/finding.ts";
import { formatPlace } from "../../config/place.ts";
import { counted } from "../../core/counted.ts";
import { UsageError } from "../../core/errors.ts";
import type { ConfigurationFile, Ports } from "../../io/ports.ts";
import type { PlacedTarget } from "../../proto/ipvs/target.ts";
import { digestOf, type FileAsRead } from "../file-watch.ts";
import { checkConfiguration } from "../ha/check-configuration.ts";
import { hindrancesTo, mistakesIn } from "../ha/up/plan/plan-of.ts";
import { targetOfConfiguration } from "./configured-target.ts";

export interface ConfTarget {
  readonly target: PlacedTarget;
  readonly files: readonly FileAsRead[];
  readonly notes: readonly string[]; // mistakes that do not keep it from being used
}

/**
 * @param given what stands in the place of the file, as of standard input
 * @throws UsageError with the place where keepalived would not run it, SystemError where a part of it cannot be read
 */
export function readConfTarget(
  path: string,
  given: ConfigurationFile | null,
  surroundings: Surroundings,
  ports: Pick<Ports, "configurationFiles" | "hmacSha256">,
): ConfTarget {
  const files = new Map<string, FileAsRead>();
  const read = (name: string): ConfigurationFile => {
    if (given !== null && name === path) return given;
    const found = ports.configurationFiles.read(name);
    files.set(name, { path: name, digest: digestOf(found.bytes, ports) });
    return found;
  };
  const { match } = ports.configurationFiles;
  const checked = checkConfiguration(
    path,
    { surroundings, host: null, tellsUnused: false },
    { match, read },
  );
  for (const error of checked.unread) throw error; // what is there would pass for all
  const [first, ...others] = [
    ...hindrancesTo(checked),
    ...checked.findings.filter(({ kind }) => BROKEN.has(kind)),
  ];
  if (first !== undefined) {
    const more = others.length === 0 ? "" : `; ${others.length} more`;
    const where = formatPlace(first.span.place);
    throw new UsageError(`${where}: ${first.message}${more} (vipkit ha check tells all)`);
  }
  const { length } = mistakesIn(checked);
  return {
    target: targetOfConfiguration(checked.lvs, checked.vrrp.globals),
    files: [...files.values()],
    notes:
      length === 0 ? [] : [`${path}: ${counted(length, "error")}, which vipkit ha check tells`],
  };
}

/**
 * Half of a file is no smaller table, nor is one that is no keepalived.conf at all: keepalived goes on with them, and
 * services would be removed for them.
 */
const BROKEN: ReadonlySet<FindingKind> = new Set([
  ...[UNKNOWN_KEYWORD, NUL_BYTE, LINE_TOO_LONG],
  ...[UNCLOSED_BLOCK, UNEXPECTED_OPEN, UNEXPECTED_CLOSE, NO_BLOCK, UNEXPECTED_BLOCK],
  ...[UNMATCHED_QUOTE, INCLUDE_SKIPPED, INCLUDE_NOT_READ],
]);
