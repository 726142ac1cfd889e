/** A configuration file as a whole: loaded, read by the tables, put in force, held against the rules. */
import { loadConfiguration } from "../../src/app/ha/load-configuration.ts";
import { readBlock } from "../../src/config/block.ts";
import { examine } from "../../src/config/examine.ts";
import type { Finding } from "../../src/config/finding.ts";
import type { Host } from "../../src/config/host.ts";
import { type Configuration, ROOT } from "../../src/config/tables/root.ts";
import type { ConfigurationFiles } from "../../src/io/ports.ts";
import { SURROUNDINGS } from "./conf.ts";

/** All that is found in a file, in the order of its lines. */
export function findingsOf(
  path: string,
  files: ConfigurationFiles,
  hostOf: (conf: Configuration) => Host | null,
): readonly Finding[] {
  const { statements, findings: before } = loadConfiguration(path, ROOT, SURROUNDINGS, files);
  const findings = [...before];
  const report = (one: Finding): void => void findings.push(one);
  const conf = readBlock(statements, ROOT, "", report);
  examine(conf, hostOf(conf), report);
  return findings.sort((a, b) => a.span.place.line - b.span.place.line);
}
