/** A configuration as it is in force for VRRP: from what was written to what keepalived makes of it. */
import type { Finding, Report } from "../finding.ts";
import type { Host } from "../host.ts";
import type { Configuration } from "../tables/root.ts";
import { completeInstance } from "./complete-instance.ts";
import { type Definitions, definitionsOf } from "./definitions.ts";
import { demandOwnNumbers, firstOfEachName } from "./duplicates.ts";
import { type Globals, globalsOf } from "./globals.ts";
import type { EffectiveInstance } from "./instance.ts";
import { completeGroup, type EffectiveGroup, membersOf } from "./sync-group.ts";
import { findTrackGroups } from "./track-groups.ts";
import { KINDS, trackersOf } from "./trackers.ts";
import { completeTracking } from "./tracking.ts";

export interface EffectiveVrrp {
  readonly globals: Globals;
  readonly definitions: Definitions;
  readonly instances: readonly EffectiveInstance[];
  readonly groups: readonly EffectiveGroup[];
  readonly named: ReadonlySet<string>; // "script chk": what anything tracks, also in vain
  readonly refusals: readonly Finding[]; // with any of them keepalived runs no VRRP at all
}

/**
 * @param host null: what depends on it is left as it is written
 * @param report told what keepalived corrects and rejects, and what it corrects without a word
 */
export function effectiveVrrp(
  conf: Configuration,
  host: Host | null,
  report: Report,
): EffectiveVrrp {
  const globals = globalsOf(conf.global_defs);
  const definitions = definitionsOf(conf, report);
  const instances = new Map(
    firstOfEachName(conf.vrrp_instance, "vrrp_instance", report).map((setting) => [
      setting.value.name,
      completeInstance(setting, globals, host, report),
    ]),
  );
  findTrackGroups(conf, report);
  demandOwnNumbers([...instances.values()]);
  const groups = firstOfEachName(conf.vrrp_sync_group, "vrrp_sync_group", report).map((group) => ({
    group,
    members: membersOf(group, instances, report),
  }));
  const weighing = new Set(
    groups.flatMap(({ group: { value } }) =>
      value.body.sync_group_tracking_weight === null ? [] : [value.name],
    ),
  );
  for (const completion of instances.values()) {
    const { group } = completion.draft;
    const tracked = trackersOf(completion.written, definitions, "tracked", report);
    completeTracking(completion, tracked, group === null || weighing.has(group));
  }
  const completed = groups.map(({ group, members }) =>
    completeGroup(group, members, instances, definitions, globals, report),
  );
  const drafts = [...instances.values()].map(({ draft }): EffectiveInstance => draft);
  return {
    globals,
    definitions,
    instances: drafts,
    groups: completed.filter(({ members }) => members.length > 0),
    named: namedIn(conf),
    refusals: drafts.flatMap(({ refusals }) => refusals),
  };
}

/** What track_ blocks name, and the files of health checks. */
function namedIn(conf: Configuration): ReadonlySet<string> {
  const blocks = [...conf.vrrp_instance, ...conf.vrrp_sync_group].map(({ value }) => value.body);
  const tracked = blocks.flatMap((block) =>
    KINDS.flatMap(([kind, keyword]) =>
      block[keyword].flatMap(({ value }) => value.map((one) => `${kind} ${one.value.name}`)),
    ),
  );
  const checks = conf.virtual_server
    .flatMap(({ value }) => value.body.real_server)
    .flatMap(({ value }) => value.body.FILE_CHECK);
  return new Set([...tracked, ...checks.map(({ value }) => `file ${value.track_file?.value}`)]);
}
