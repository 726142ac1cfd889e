/** Real servers that nobody checks, and what of them IPVS ignores or refuses. */
import { familyOf, formatIp } from "../../core/addr.ts";
import {
  FAMILY_OF_GROUP,
  NO_CHECK,
  THRESHOLDS,
  UNUSED_GROUP,
  WEIGHT_IGNORED,
} from "../codes/balancing.ts";
import { spanOf } from "../effective/in-force.ts";
import { finding } from "../finding.ts";
import type { AllFacts } from "./facts.ts";

export function findUnchecked({ lvs, report }: AllFacts): void {
  for (const { servers, name } of lvs.servers) {
    for (const { isChecked, ip, span } of servers) {
      if (isChecked) continue;
      const message = `real_server ${formatIp(ip)} of virtual_server ${name} has no check: it stays in service whatever happens to it`;
      report(finding(NO_CHECK, span, message));
    }
  }
}

export function findThresholds({ lvs, report }: AllFacts): void {
  for (const { uthreshold: upper, lthreshold: lower, ip } of lvs.servers.flatMap(
    ({ servers }) => servers,
  )) {
    const span = spanOf(lower.origin);
    if (span === null || (lower.value ?? 0) <= (upper.value ?? 0)) continue;
    const message = `lthreshold ${lower.value} of real_server ${formatIp(ip)} is above its uthreshold ${upper.value}`;
    report(finding(THRESHOLDS, span, message));
  }
}

/** These look at whether it is 0, and at nothing else of it. */
const WITHOUT_WEIGHTS = ["rr", "lc", "dh"];

export function findUnusedWeights({ lvs, report }: AllFacts): void {
  for (const { servers, lvs_sched: scheduler, name } of lvs.servers) {
    if (!WITHOUT_WEIGHTS.includes(scheduler.value)) continue;
    const serving = servers.filter(({ weight }) => weight.value > 0);
    const [first] = serving;
    const other = serving.find(({ weight }) => weight.value !== first?.weight.value);
    const span = other && spanOf(other.weight.origin);
    if (other === undefined || !span) continue;
    const message = `weight ${other.weight.value} means nothing to the scheduler ${scheduler.value} of virtual_server ${name}`;
    const help = `write lvs_sched w${scheduler.value === "dh" ? "rr" : scheduler.value}`;
    report(finding(WEIGHT_IGNORED, span, message, { help }));
  }
}

/** keepalived compares with the family of an address alone, not with those of a group. */
export function findFamiliesOfGroups({ lvs, report }: AllFacts): void {
  for (const { members, servers, name } of lvs.servers) {
    const families = new Set(
      members.flatMap(({ value }) =>
        value.by === "address" ? [familyOf(value.range.first)] : (value.family ?? []),
      ),
    );
    const [family, second] = families;
    if (family === undefined || second !== undefined) continue;
    for (const { ip, lvs_method, span } of servers) {
      if (familyOf(ip) === family || lvs_method.value.method === "TUN") continue;
      const message = `real_server ${formatIp(ip)} is IPv${familyOf(ip)}, virtual_server ${name} IPv${family}`;
      report(finding(FAMILY_OF_GROUP, span, message, { help: "lvs_method TUN leads there" }));
    }
  }
}

export function findUnusedGroups({ lvs, conf, report }: AllFacts): void {
  const used = new Set(
    conf.virtual_server.map(({ value: { name } }) => (name.by === "group" ? name.name : "")),
  );
  for (const { name, span } of lvs.groups) {
    if (used.has(name)) continue;
    report(finding(UNUSED_GROUP, span, `nothing uses virtual_server_group ${name}`));
  }
}
