/** keepalived's JSON, versions 1 and 2 of json_version: names, nesting and types of version 2.4. */
import { MASK } from "../../../config/masked.ts";
import type { TrackedNews } from "../up/messages.ts";
import { type Moment, STATISTICS } from "./moment.ts";
import type { DumpedHook, DumpedInstance, DumpedProcess, DumpPlan } from "./plan.ts";
import { STATES, wantedState } from "./states.ts";

/**
 * @param moments of the instances of the plan, in its order
 * @param tracked what is known of what they track
 */
export function keepalivedJson(
  { jsonVersion, instances, processes, scripts }: DumpPlan,
  moments: readonly Moment[],
  tracked: readonly TrackedNews[],
): string {
  const commands = new Map(scripts.map(({ name, command }) => [name, command]));
  const vrrp = instances.map((instance, index) => {
    const moment = moments[index] as Moment;
    const stats = Object.fromEntries(STATISTICS.map((name) => [name, moment.statistics[name]]));
    return { data: dataOf(instance, moment, commands), stats };
  });
  if (jsonVersion === 1) return `${JSON.stringify(vrrp)}\n`;
  const track_process = processes.map((one) => processOf(one, tracked));
  return `${JSON.stringify({ vrrp, ...unlessEmpty({ track_process }) })}\n`;
}

function dataOf(
  instance: DumpedInstance,
  moment: Moment,
  commands: ReadonlyMap<string, string>,
): object {
  const { garp, vips, excludedVips, auth } = instance;
  const names = (kind: string): string[] =>
    instance.trackers.flatMap((one) => (one.kind === kind ? one.name : []));
  return {
    iname: instance.name,
    dont_track_primary: bit(!instance.tracksInterface),
    skip_check_adv_addr: bit(!instance.checksAddresses),
    strict_mode: bit(instance.isStrict),
    vmac_ifname: instance.hasVmac ? instance.ifName : "",
    ifp_ifname: instance.ifName,
    master_priority: moment.masterPriority,
    last_transition: moment.sinceMs / 1000,
    garp_delay: garp.delayS,
    garp_refresh: garp.refreshS,
    garp_rep: garp.repeat,
    garp_refresh_rep: garp.refreshRepeat,
    garp_lower_prio_delay: garp.lowerDelayS,
    garp_lower_prio_rep: garp.lowerRepeat,
    lower_prio_no_advert: bit(!instance.answersLower),
    higher_prio_send_advert: bit(instance.advertisesOnYield),
    vrid: instance.vrid,
    base_priority: instance.priority,
    effective_priority: moment.priority,
    vipset: moment.state === "master",
    promote_secondaries: instance.promotesSecondaries,
    adver_int: instance.adverIntervalMs / 1000,
    master_adver_int: (moment.masterIntervalMs ?? instance.adverIntervalMs) / 1000,
    accept: bit(instance.accept),
    nopreempt: !instance.preempt,
    preempt_delay: Math.floor(instance.preemptDelayMs / 1000),
    state: STATES[moment.state].number,
    wantstate: wantedState(instance, moment).number,
    version: instance.version,
    smtp_alert: instance.isMailed,
    notify_deleted: instance.tellsDeletion,
    ...Object.fromEntries(HOOKS.map(([name, hook]) => [name, instance.hooks[hook]])),
    ...unlessEmpty({
      vips: vips.map((text, index) => withMark(text, moment.held[index])),
      evips: excludedVips.map((text, index) => withMark(text, moment.held[vips.length + index])),
      vroutes: instance.routes,
      vrules: instance.rules,
      track_ifp: names("interface"),
      track_script: names("script").map((name) => commands.get(name) ?? name),
      track_process: names("process"),
    }),
    auth_type: auth,
    ...(auth !== 0 && { auth_data: MASK }),
  };
}

function processOf(one: DumpedProcess, tracked: readonly TrackedNews[]): object {
  const { parameters, max } = one;
  const news = tracked.find(({ kind, name }) => kind === "process" && name === one.name);
  const isUp = news?.state === "up";
  return {
    process: one.process,
    ...(parameters !== null && { parameters }),
    param_match: one.match,
    min_processes: one.min,
    ...(max !== null && { max_processes: max }),
    current_processes: isUp ? one.min : 0, // they are not counted beyond what is asked for
    have_quorum: isUp,
    weight: one.weight,
    terminate_delay: one.terminateDelayMs / 1000,
    fork_delay: one.forkDelayMs / 1000,
    fork_delay_timer_running: false,
    terminate_delay_timer_running: false,
    full_command: one.isFull,
  };
}

/** Lists that have nothing in them are not there. */
const unlessEmpty = (lists: Readonly<Record<string, readonly unknown[]>>): object =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));

export const withMark = (text: string, isHeld: boolean | undefined): string =>
  isHeld === true ? `${text} set` : text;

const bit = (is: boolean): 0 | 1 => (is ? 1 : 0);

/** In the order of keepalived; those that there are not are left out. */
const HOOKS: readonly (readonly [name: string, DumpedHook])[] = [
  ["script_backup", "backup"],
  ["script_master", "master"],
  ["script_fault", "fault"],
  ["script_stop", "stop"],
  ["script_deleted", "deleted"],
  ["script", "change"],
  ["script_master_rx_lower_pri", "master_rx_lower_pri"],
];
