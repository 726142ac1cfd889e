/** From what is in force of a keepalived.conf to what keepalived's dumps tell of it. */
import type { CommandOf, Weight } from "../../../config/compound.ts";
import { dumpedAddress, dumpedRoute, dumpedRule } from "../../../config/dumped/entries.ts";
import type { EffectiveVrrp } from "../../../config/effective/configuration.ts";
import { type InForce, isSaid } from "../../../config/effective/in-force.ts";
import type { EffectiveInstance } from "../../../config/effective/instance.ts";
import type { EffectiveGroup } from "../../../config/effective/sync-group.ts";
import { weightText } from "../../../config/shown/value-text.ts";
import type { Configuration } from "../../../config/tables/root.ts";
import { formatIp } from "../../../core/addr.ts";
import { vmacFor } from "../../vrrp/vmac.ts";
import type {
  DumpedFile,
  DumpedGroup,
  DumpedInstance,
  DumpedProcess,
  DumpedScript,
  DumpPlan,
} from "./plan.ts";

/** @param directory where keepalived would put its dumps: that of TMPDIR, or /tmp */
export function dumpPlanOf(
  configuration: Configuration,
  vrrp: EffectiveVrrp,
  directory: string,
): DumpPlan {
  const { globals, definitions, named } = vrrp;
  const { state_dump_file, stats_dump_file, json_dump_file } = globals;
  const suffix = globals.data_use_instance.value === true ? instanceSuffix(configuration) : "";
  const usual = (extension: string): string => `${directory}/keepalived${suffix}.${extension}`;
  const tracked = <D extends { readonly name: string }>(
    kind: string,
    all: ReadonlyMap<string, D>,
  ): D[] => [...all.values()].filter(({ name }) => named.has(`${kind} ${name}`));
  return {
    paths: {
      data: state_dump_file.value ?? usual("data"),
      statistics: stats_dump_file.value ?? usual("stats"),
      json: json_dump_file.value ?? usual("json"),
    },
    jsonVersion: globals.json_version.value === 2 ? 2 : 1,
    globals: [],
    instances: vrrp.instances.map(instanceOf),
    groups: vrrp.groups.map(groupOf),
    scripts: tracked("script", definitions.script).map(scriptOf),
    files: tracked("file", definitions.file).map(fileOf),
    processes: [...definitions.process.values()].map(processOf),
  };
}

type DefinitionOf<Kind extends keyof EffectiveVrrp["definitions"]> =
  EffectiveVrrp["definitions"][Kind] extends ReadonlyMap<string, infer D> ? D : never;

const instanceSuffix = ({ net_namespace: namespace, instance }: Configuration): string =>
  [namespace, instance].map((said) => (said === null ? "" : `_${said.value}`)).join("");

function instanceOf(one: EffectiveInstance): DumpedInstance {
  const place = placeOf(one);
  const isUnicast = one.unicast_peer.length > 0;
  return {
    name: one.name,
    group: one.group,
    begins: one.state.value,
    family: one.family.value,
    version: one.version.value,
    vrid: one.virtual_router_id.value ?? 0,
    priority: one.priority.value,
    adverIntervalMs: one.advert_int.value,
    ifName: place.own,
    baseIfName: place.base,
    hasVmac: one.use_vmac.value !== null,
    sendsBelow: one.vmac_xmit_base.value !== null,
    multicast: isUnicast ? null : formatIp(one.mcast_dst_ip.value),
    peers: one.unicast_peer.map(({ value: { ip, options } }) => {
      const [least, most] = [options.min_ttl?.value ?? 0, options.max_ttl?.value ?? 255];
      return `${formatIp(ip)} min_ttl ${least} max_ttl ${most}`;
    }),
    downAdverts: one.down_timer_adverts.value,
    accept: one.accept.value,
    preempt: !one.nopreempt.value,
    preemptDelayMs: one.preempt_delay.value,
    tracksInterface: one.dont_track_primary.value === null,
    checksAddresses: !one.skip_check_adv_addr.value,
    isStrict: one.strict_mode.value,
    answersLower: !one.lower_prio_no_advert.value,
    advertisesOnYield: one.higher_prio_send_advert.value,
    promotesSecondaries: one.promote_secondaries.value !== null,
    garp: {
      delayS: one.garp_master_delay.value,
      repeat: one.garp_master_repeat.value,
      refreshS: one.garp_master_refresh.value,
      refreshRepeat: one.garp_master_refresh_repeat.value,
      lowerDelayS: one.garp_lower_prio_delay.value,
      lowerRepeat: one.garp_lower_prio_repeat.value,
    },
    isMailed: one.smtp_alert.value,
    tellsPriority: one.notify_priority_changes.value,
    tellsDeletion: one.notify_deleted.value !== null,
    hooks: {
      ...hooksOf(one),
      ...commands({
        master_rx_lower_pri: one.notify_master_rx_lower_pri,
        deleted: one.notify_deleted,
      }),
    },
    vips: one.virtual_ipaddress.map(({ value }) => dumpedAddress(value, place)),
    excludedVips: one.virtual_ipaddress_excluded.map(({ value }) => dumpedAddress(value, place)),
    routes: one.virtual_routes.map(({ value }) => dumpedRoute(value)),
    rules: one.virtual_rules.map(({ value }) => dumpedRule(value)),
    trackers: one.trackers.flatMap(({ kind, name, weight, because }) =>
      because === "tracked" || because === "group"
        ? { kind, name, weight: weightText(weight.value) }
        : [],
    ),
    auth: authNumber(one),
  };
}

function placeOf(one: EffectiveInstance): { readonly own: string; readonly base: string } {
  const base = one.interface.value ?? "";
  const { value: vmac } = one.use_vmac;
  if (vmac === null) return { own: base, base };
  const family = one.family.value;
  const vrid = one.virtual_router_id.value ?? 0;
  return { own: vmacFor({ family, vrid, name: vmac.ifName, sendsAdverts: true }).ifName, base };
}

function authNumber({ authentication: { value } }: EffectiveInstance): 0 | 1 | 2 {
  if (value === null) return 0;
  return value.type === "PASS" ? 1 : 2;
}

const groupOf = (group: EffectiveGroup): DumpedGroup => ({
  name: group.name,
  members: group.members.map(({ value }) => value),
  isMailed: group.smtp_alert.value ?? false,
  hooks: hooksOf(group),
});

type Notifying = Pick<
  EffectiveInstance & EffectiveGroup,
  "notify" | "notify_master" | "notify_backup" | "notify_fault" | "notify_stop"
>;

const hooksOf = (one: Notifying): DumpedInstance["hooks"] =>
  commands({
    backup: one.notify_backup,
    master: one.notify_master,
    fault: one.notify_fault,
    stop: one.notify_stop,
    change: one.notify,
  });

/** What takes no command has none. */
const commands = (
  said: Readonly<Record<string, InForce<unknown>>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(said).flatMap(([hook, { value }]) =>
      isCommand(value) ? [[hook, shellWords(value.argv)]] : [],
    ),
  );

const isCommand = (value: unknown): value is CommandOf =>
  typeof value === "object" && value !== null && "argv" in value;

const shellWords = (argv: readonly string[]): string => argv.map((word) => `'${word}'`).join(" ");

function scriptOf({ name, values }: DefinitionOf<"script">): DumpedScript {
  return {
    name,
    command: shellWords(values.script.value?.argv ?? []),
    intervalMs: values.interval.value ?? 1000,
    timeoutMs: values.timeout.value ?? 0,
    weight: weightOf(values.weight),
    rise: values.rise.value ?? 1,
    fall: values.fall.value ?? 1,
  };
}

const fileOf = ({ name, values }: DefinitionOf<"file">): DumpedFile => ({
  name,
  path: values.file.value ?? "",
  weight: weightOf(values.weight),
});

function processOf({ name, values }: DefinitionOf<"process">): DumpedProcess {
  const [process = "", ...parameters] = values.process.value?.argv ?? [];
  const { weight, isReversed } = values.weight.value ?? NO_WEIGHT;
  const isCompared = parameters.length > 0 || isSaid(values.param_match);
  return {
    name,
    process,
    parameters: parameters.length > 0 ? parameters.join(" ") : null,
    match: isCompared ? (values.param_match.value ?? "exact") : "none",
    min: values.quorum.value ?? 1,
    max: values.quorum_max.value,
    weight: isReversed ? -weight : weight,
    terminateDelayMs: values.terminate_delay.value ?? 0,
    forkDelayMs: values.fork_delay.value ?? 0,
    isFull: values.full_command.value !== null,
  };
}

const weightOf = ({ value }: InForce<Weight | null>): string => weightText(value ?? NO_WEIGHT);

const NO_WEIGHT: Weight = { weight: 0, isReversed: false };
