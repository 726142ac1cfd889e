/** A configuration file as the whole front end takes it: loaded, read by the tables, put in force, held against the rules. */
import { loadConfiguration } from "../../src/app/ha/load-configuration.ts";
import { readBlock } from "../../src/config/block.ts";
import { effectiveVrrp } from "../../src/config/effective/configuration.ts";
import { effectiveLvs } from "../../src/config/effective/lvs.ts";
import type { Finding } from "../../src/config/finding.ts";
import type { Host } from "../../src/config/host.ts";
import { checkVrrp } from "../../src/config/rules/vrrp.ts";
import { ROOT } from "../../src/config/tables/root.ts";
import type { ConfigurationFiles } from "../../src/io/ports.ts";
import { SURROUNDINGS } from "./conf.ts";

/** All that is found in a file, in the order of its lines. */
export function findingsOf(
  path: string,
  files: ConfigurationFiles,
  hostOf: (conf: ReturnType<typeof readConfiguration>["conf"]) => Host | null,
): readonly Finding[] {
  const { conf, findings, report } = readConfiguration(path, files);
  const host = hostOf(conf);
  const vrrp = effectiveVrrp(conf, host, report);
  effectiveLvs(conf, vrrp.definitions, vrrp.globals, report);
  checkVrrp({ vrrp, host, report });
  return findings.sort((a, b) => a.span.place.line - b.span.place.line);
}

function readConfiguration(path: string, files: ConfigurationFiles) {
  const { statements, findings: before } = loadConfiguration(path, ROOT, SURROUNDINGS, files);
  const findings = [...before];
  const report = (one: Finding): void => void findings.push(one);
  return { conf: readBlock(statements, ROOT, "", report), findings, report };
}
