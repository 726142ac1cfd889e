/** What a reload does: from the plan that runs to another one, step by step. */
import { differingKeys, isSameValue } from "../../../../core/same-value.ts";
import type { VrrpCompany } from "../../../../proto/vrrp/config.ts";
import { amendmentOf } from "../../../vrrp/amendment.ts";
import { instanceKey } from "../../../vrrp/instance.ts";
import type { HaPlan, OwnProcess, PlannedRouter } from "./plan.ts";

/**
 * `kept` is not touched. `changed` goes on as it is, without a pause. `restarted` ends as if it were
 * removed, and begins anew.
 */
export type ChangeKind = "kept" | "changed" | "restarted" | "added" | "removed";

export interface Change {
  readonly kind: ChangeKind;
  readonly name: string; // in the plan that runs, if it is there
  readonly nextName: string;
  readonly what: readonly string[]; // settings that are others
}

export interface PlanChanges {
  readonly routers: readonly Change[];
  readonly syncGroups: readonly Change[];
  readonly scripts: readonly Change[];
  readonly files: readonly Change[];
  readonly processes: readonly Change[];
  readonly notify: readonly Change[]; // by instance or group, of those that are in both
  readonly others: readonly Change[]; // named as the file has them; those that change
}

/** A virtual router is known by its interface, VRID and family, and where these are others by its name. */
export function planChanges(former: HaPlan, next: HaPlan): PlanChanges {
  return {
    routers: routerChanges(former, next),
    syncGroups: namedChanges(former.syncGroups, next.syncGroups),
    scripts: namedChanges(former.scripts, next.scripts),
    files: namedChanges(former.files, next.files),
    processes: namedChanges(former.processes, next.processes),
    notify: notifyChanges(former, next),
    others: OTHERS.flatMap(([name, of]) =>
      isSameValue(of(former), of(next)) ? [] : [bare("changed", name)],
    ),
  };
}

const OTHERS: readonly (readonly [string, (plan: HaPlan) => unknown])[] = [
  ["static_ipaddress", ({ statics }) => [statics.addresses, statics.promoting]],
  ["static_routes, static_rules", ({ statics }) => statics.routing],
  ["interface_up_down_delays", ({ linkDelays }) => linkDelays],
  ["garp_group, vrrp_garp_interval, vrrp_gna_interval", ({ pacing }) => pacing],
  ["notify_fifo", ({ notify }) => notify.fifos],
  ["notification_email, smtp_server", ({ notify }) => notify.mail],
  ["virtual_server", ({ lvs }) => lvs],
  ["vrrp_rt_priority, vrrp_priority", ({ own }) => scheduled(own.vrrp)],
  ["checker_rt_priority, checker_priority", ({ own }) => scheduled(own.checkers)],
  ["process_names", ({ own }) => Object.values(own).map(({ name }) => name)],
];

const scheduled = ({ nice, realtimePriority }: OwnProcess): unknown => [nice, realtimePriority];

/** What goes with a router or a group that is added or removed is told there. */
const notifyChanges = (former: HaPlan, next: HaPlan): readonly Change[] =>
  namedChanges(former.notify.subjects, next.notify.subjects).filter(
    ({ kind }) => kind === "changed",
  );

/** Each as `kind name`. */
export const trackersRemoved = ({ scripts, files, processes }: PlanChanges): string[] =>
  Object.entries({ script: scripts, file: files, process: processes }).flatMap(([what, all]) =>
    all.flatMap(({ kind, name }) => (kind === "removed" ? `${what} ${name}` : [])),
  );

export const companyOf = (name: string, { syncGroups }: HaPlan): VrrpCompany =>
  syncGroups.some(({ members }) => members.includes(name)) ? "grouped" : "alone";

function routerChanges(former: HaPlan, next: HaPlan): Change[] {
  const keyOf = ({ instance }: PlannedRouter): string => instanceKey(instance);
  const byKey = new Map(former.routers.map((one) => [keyOf(one), one]));
  const nextKeys = new Set(next.routers.map(keyOf));
  const byName = new Map(
    former.routers.flatMap((one) => (nextKeys.has(keyOf(one)) ? [] : [[one.instance.name, one]])),
  );
  const pairs = next.routers.map((to) => {
    const from = byKey.get(keyOf(to)) ?? byName.get(to.instance.name);
    return { from, to };
  });
  const known = new Set(pairs.map(({ from }) => from));
  const removed = former.routers.filter((one) => !known.has(one));
  return [
    ...removed.map(({ instance: { name } }) => bare("removed", name)),
    ...pairs.map(({ from, to }) =>
      from === undefined
        ? bare("added", to.instance.name)
        : routerChange({ from, to, former, next }),
    ),
  ];
}

interface Pair {
  readonly from: PlannedRouter;
  readonly to: PlannedRouter;
  readonly former: HaPlan;
  readonly next: HaPlan;
}

function routerChange({ from, to, former, next }: Pair): Change {
  const [{ name }, { name: nextName }] = [from.instance, to.instance];
  const isMoved = companyOf(name, former) !== companyOf(nextName, next);
  const keys = [
    ...differingKeys(from.instance, to.instance).filter((key) => key !== "config"),
    ...differingKeys(from.instance.config, to.instance.config),
    ...differingKeys(from, to).filter((key) => key !== "instance"),
    ...(isMoved ? ["syncGroup"] : []),
  ];
  const what = [...new Set(keys.map((key) => WORDS[key] ?? key))];
  if (what.length === 0) return { ...bare("kept", name), nextName };
  const isRestart = amendmentOf(signed(from), signed(to)) === "restart";
  return { kind: isRestart ? "restarted" : "changed", name, nextName, what };
}

const signed = ({ instance, keys }: PlannedRouter) => ({ ...instance, hmac: keys });

interface Named {
  readonly name: string;
}

function namedChanges<Item extends Named>(
  former: readonly Item[],
  next: readonly Item[],
): Change[] {
  const removed = former.filter(({ name }) => !next.some((one) => one.name === name));
  return [
    ...removed.map(({ name }) => bare("removed", name)),
    ...next.map((to) => {
      const from = former.find(({ name }) => name === to.name);
      if (from === undefined) return bare("added", to.name);
      const what = differingKeys<object>(from, to).map((key) => WORDS[key] ?? key);
      return { ...bare(isSameValue(from, to) ? "kept" : "changed", to.name), what };
    }),
  ];
}

const bare = (kind: ChangeKind, name: string): Change => ({ kind, name, nextName: name, what: [] });

/** As keepalived.conf has them. */
const WORDS: Readonly<Record<string, string>> = {
  ifName: "interface",
  vrid: "virtual_router_id",
  vips: "virtual_ipaddress",
  excludedVips: "virtual_ipaddress_excluded",
  vmac: "use_vmac",
  source: "source address",
  reach: "peers",
  authPass: "auth_pass",
  hmac: "auth_hmac",
  routing: "virtual_routes, virtual_rules",
  adverIntervalMs: "advert_int",
  leaseS: "advert_int", // follows from it
  downAdverts: "down_timer_adverts",
  preempt: "nopreempt",
  preemptDelayMs: "preempt_delay",
  startupDelayMs: "vrrp_startup_delay",
  garpRepeat: "garp_master_repeat",
  garpDelayMs: "garp_master_delay",
  garpRefreshMs: "garp_master_refresh",
  trackers: "what it tracks",
  tracksLink: "dont_track_primary",
  syncGroup: "vrrp_sync_group",
  keys: "auth_hmac",
  hooks: "programs",
  isMailed: "smtp_alert",
  tellsPriority: "notify_priority_changes",
  argv: "script",
  intervalMs: "interval",
  timeoutMs: "timeout",
  path: "file",
  init: "init_file",
  pattern: "process",
  delays: "delay",
  initFail: "init_fail",
};
