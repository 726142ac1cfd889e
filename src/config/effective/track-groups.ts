/** `track_group`: the groups that static addresses, routes and rules name. */
import { didYouMean } from "../../core/closest.ts";
import { NO_SUCH_MEMBER, NO_SUCH_TRACK_GROUP } from "../codes/vrrp.ts";
import { finding, type Report } from "../finding.ts";
import type { Setting, Values } from "../keyword.ts";
import { comparePlaces } from "../place.ts";
import type { Configuration } from "../tables/root.ts";
import type { TRACK_GROUP } from "../tables/vrrp-sync-group.ts";
import { firstOfEachName } from "./duplicates.ts";

/** keepalived says nothing of them. */
function findMissingMembers(
  groups: readonly Setting<{ name: string; body: Values<typeof TRACK_GROUP> }>[],
  conf: Configuration,
  report: Report,
): void {
  const known = new Set(conf.vrrp_instance.map(({ value }) => value.name));
  for (const { value: group } of groups) {
    for (const { value: name, span } of group.body.group?.value ?? []) {
      if (known.has(name)) continue;
      const message = () =>
        `there is no vrrp_instance '${name}' for track_group ${group.name}${didYouMean(name, known)}`;
      report(finding(NO_SUCH_MEMBER, span, message));
    }
  }
}

/** keepalived looks for a group above the entry alone. */
export function findTrackGroups(conf: Configuration, report: Report): void {
  const groups = firstOfEachName(conf.track_group, "track_group", report);
  findMissingMembers(groups, conf, report);
  const byName = new Map(groups.map((one) => [one.value.name, one]));
  for (const { value: name, span } of namedGroups(conf)) {
    const group = byName.get(name);
    if (group !== undefined && comparePlaces(group.span.place, span.place) < 0) continue;
    const message = () =>
      group === undefined
        ? `there is no track_group '${name}'${didYouMean(name, byName.keys())}`
        : `track_group '${name}' is defined below, where keepalived does not look`;
    const related = group === undefined ? [] : [{ span: group.span, message: "defined here" }];
    report(finding(NO_SUCH_TRACK_GROUP, span, message, { related }));
  }
}

function namedGroups(conf: Configuration): Setting<string>[] {
  return [conf.static_ipaddress, conf.static_routes, conf.static_rules]
    .flat()
    .flatMap(({ value }): readonly Setting<{ readonly options: object }>[] => value)
    .flatMap(({ value: { options } }) => {
      const { track_group: group } = options as { track_group?: Setting<string> | null };
      return group ?? [];
    });
}
