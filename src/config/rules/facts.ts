/** What the rules look at: a configuration as it is in force, and the host that it is for. */
import type { EffectiveVrrp } from "../effective/configuration.ts";
import type { EffectiveLvs } from "../effective/lvs.ts";
import type { Report } from "../finding.ts";
import type { Host } from "../host.ts";
import type { Configuration } from "../tables/root.ts";

export interface Facts {
  readonly vrrp: EffectiveVrrp;
  readonly host: Host | null; // null: rules about it say nothing
  readonly report: Report;
}

/** Finds what is likely not meant, though keepalived takes it. */
export type Rule = (facts: Facts) => void;

export interface AllFacts extends Facts {
  readonly conf: Configuration;
  readonly lvs: EffectiveLvs;
}
