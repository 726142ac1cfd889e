/** The status of a running `ha up` as one screen for people. */
import type {
  ChildRecord,
  GroupRecord,
  HaStatusRecord,
  RouterStatusRecord,
  TrackerRecord,
} from "../../app/ha/up/parent/status.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import type { Paint } from "../define.ts";
import { statePaint } from "../vrrp/event-text.ts";
import { maintenanceLine } from "./maintenance-text.ts";
import { serviceLines } from "./server-text.ts";

/** A line or two for each router, one for everything else. */
export function haStatusLines(status: HaStatusRecord, paint: Paint): string[] {
  const { file, pid, uptime_ms, maintenance } = status;
  return [
    printable(`${file}  process ${pid}, up ${formatDurationMs(uptime_ms)}`),
    ...(maintenance === null ? [] : [paint.yellow(maintenanceLine(maintenance))]),
    ...status.instances.flatMap((one) => routerLines(one, paint)),
    ...status.unanswered.map((name) => printable(`${name}  ${paint.red("does not answer")}`)),
    ...status.groups.map(groupLine),
    ...status.trackers.map((tracker) => trackerLine(tracker, paint)),
    ...(status.services === null
      ? [paint.red("virtual servers: the process of the checks does not answer")]
      : status.services.flatMap((one) => serviceLines(one, paint))),
    ...(status.ipvs_trouble === null
      ? []
      : [paint.red(printable(`ipvs  not set: ${status.ipvs_trouble}`))]),
    ...status.children.map(childLine),
  ];
}

function routerLines(one: RouterStatusRecord, paint: Paint): string[] {
  const { instance, state, vips, vrid } = one;
  const painted = statePaint(state, paint)(state.toUpperCase());
  const age = formatDurationMs(one.state_age_ms);
  const faults = [...one.faults, ...one.tracked_faults.map((name) => `${name} is down`)];
  const present = vips.filter((vip) => vip.present).length;
  const addresses = vips.map(({ address }) => address).join(", ");
  return [
    `${printable(instance)}  ${painted} for ${age}  ${printable(priorityText(one))}  vrid ${vrid} on ${printable(one.interface)}`,
    printable(`  ${masterText(one.master)}  vips ${present}/${vips.length}: ${addresses}`),
    ...(faults.length === 0 ? [] : [paint.red(printable(`  faults ${faults.join(", ")}`))]),
  ];
}

/** `priority 90 = 100 -10 chk_nginx`. */
function priorityText({ priority, configured_priority, terms }: RouterStatusRecord): string {
  if (terms.length === 0) return `priority ${priority}`;
  const added = terms.map(({ name, points }) => `${points > 0 ? "+" : ""}${points} ${name}`);
  return `priority ${priority} = ${[configured_priority, ...added].join(" ")}`;
}

function masterText(master: RouterStatusRecord["master"]): string {
  if (master === null) return "no master heard";
  const { address, priority, here } = master;
  return `master ${here ? "here" : address} priority ${priority}`;
}

/** `group VG  MASTER  VI_1, VI_2`; also of `ha top`. */
export const groupLine = ({ group, state, members }: GroupRecord): string =>
  printable(`group ${group}  ${state?.toUpperCase() ?? "not together"}  ${members.join(", ")}`);

/** `script chk_nginx  down  exit status 1, 0.4s ago: connection refused`; also of `ha top`. */
export function trackerLine({ kind, name, state, ...run }: TrackerRecord, paint: Paint): string {
  const painted = state === "down" ? paint.red(state) : `${state}`;
  const { age_ms, detail, output } = run;
  const end = age_ms === null ? "" : `  ${detail}, ${formatDurationMs(age_ms)} ago`;
  const last = output?.trim().split("\n").at(-1) ?? "";
  return `${kind} ${printable(name)}  ${painted}${printable(`${end}${last === "" ? "" : `: ${last}`}`)}`;
}

/** `process vrrp  4711, beat 0.05s ago, 0 restarts, loop 0.1ms late, at most 3ms`. */
function childLine({
  role,
  pid,
  beat_age_ms,
  restarts,
  late_ms,
  worst_late_ms,
}: ChildRecord): string {
  const heard = beat_age_ms === null ? "no beat yet" : `beat ${formatDurationMs(beat_age_ms)} ago`;
  const count = restarts === 1 ? "1 restart" : `${restarts} restarts`;
  const loop = late_ms === null ? "" : `, loop ${formatDurationMs(late_ms)} late`;
  return `process ${role}  ${pid ?? "none"}, ${heard}, ${count}${loop}, at most ${formatDurationMs(worst_late_ms)}`;
}
