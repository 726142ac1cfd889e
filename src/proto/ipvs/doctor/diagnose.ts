/** All checks of `ipvs doctor`, in the order in which a cause explains the next. */
import { type Finding, failed, skipped } from "../../doctor/finding.ts";
import { arpFindings } from "./arp-check.ts";
import type { IpvsFacts } from "./facts.ts";
import { forwardingFindings } from "./forwarding-check.ts";
import { serviceFindings } from "./services-check.ts";
import { settingFindings } from "./settings-check.ts";
import { syncFindings } from "./sync-check.ts";
import { wayFindings } from "./ways-check.ts";

export function diagnose(facts: IpvsFacts): Finding[] {
  if (facts.services.length === 0) {
    const seen = "the table is empty: what the settings do depends on what is in it";
    return [skipped("service", seen), ...syncFindings(facts)];
  }
  return [
    ...serviceFindings(facts),
    ...wayFindings(facts),
    ...forwardingFindings(facts),
    ...settingFindings(facts),
    ...syncFindings(facts),
    ...arpFindings(facts),
  ];
}

/** A kernel without IPVS; this is all then. */
export const moduleFinding: Finding = failed(
  "module",
  "this kernel has no IPVS: the module ip_vs is not loaded, or not there",
  "modprobe ip_vs",
  "echo ip_vs >/etc/modules-load.d/ipvs.conf",
);
