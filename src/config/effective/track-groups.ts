/** `track_group`: the groups that static addresses, routes and rules name. */
import { didYouMean } from "../../core/closest.ts";
import { NO_SUCH_TRACK_GROUP } from "../codes/vrrp.ts";
import { finding, type Report } from "../finding.ts";
import type { Setting } from "../keyword.ts";
import { comparePlaces } from "../place.ts";
import type { Configuration } from "../tables/root.ts";
import { firstOfEachName } from "./duplicates.ts";

/** keepalived looks for a group above the entry alone. */
export function findTrackGroups(conf: Configuration, report: Report): void {
  const groups = firstOfEachName(conf.track_group, "track_group", report);
  for (const { value: name, span } of namedGroups(conf)) {
    const group = groups.find((one) => one.value.name === name);
    if (group !== undefined && comparePlaces(group.span.place, span.place) < 0) continue;
    const names = (): string[] => groups.map((one) => one.value.name);
    const message = () =>
      group === undefined
        ? `there is no track_group '${name}'${didYouMean(name, names())}`
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
