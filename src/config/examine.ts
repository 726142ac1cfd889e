/** A configuration that was read: what is in force of it, and all that is found on the way and by the rules. */
import { type EffectiveVrrp, effectiveVrrp } from "./effective/configuration.ts";
import { type EffectiveLvs, effectiveLvs } from "./effective/lvs.ts";
import type { Report } from "./finding.ts";
import type { Host } from "./host.ts";
import { checkLvs } from "./rules/lvs.ts";
import { findLostMails } from "./rules/mails.ts";
import { findRefusedPrograms } from "./rules/script-paths.ts";
import { checkVrrp } from "./rules/vrrp.ts";
import type { Configuration } from "./tables/root.ts";

export interface InForceOfAll {
  readonly vrrp: EffectiveVrrp;
  readonly lvs: EffectiveLvs;
}

/** @param host null: nothing is said of it */
export function examine(conf: Configuration, host: Host | null, report: Report): InForceOfAll {
  const vrrp = effectiveVrrp(conf, host, report);
  const lvs = effectiveLvs(conf, vrrp.definitions, vrrp.globals, report);
  const facts = { conf, vrrp, lvs, host, report };
  checkVrrp(facts);
  checkLvs(facts);
  findRefusedPrograms(facts);
  findLostMails(facts);
  return { vrrp, lvs };
}
