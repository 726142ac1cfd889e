/** What `ha top` shows: the status of a running `ha up`, fitted to a terminal of any size. */
import type {
  ChildRecord,
  HaStatusRecord,
  RouterStatusRecord,
} from "../../app/ha/up/parent/status.ts";
import { counted } from "../../core/counted.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import { COLOURLESS, type Paint } from "../define.ts";
import { statePaint } from "../vrrp/event-text.ts";
import { maintenanceLine } from "./maintenance-text.ts";
import { serviceLines } from "./server-text.ts";
import { groupLine, trackerLine } from "./status-text.ts";

export interface TopView {
  readonly columns: number;
  readonly rows: number;
  readonly first: number; // line of the list that stands at its top
  readonly news: string; // what happened last
  readonly silence: string | null; // why nothing newer is known
}

export interface TopScreen {
  readonly lines: readonly string[]; // as many as there are rows, or less
  readonly first: number; // of the list, where the one asked for would leave room empty
  readonly page: number; // lines of the list that are shown
}

/** Routers, groups, trackers and servers are a list that can be scrolled; what stands around it is always there. */
export function topScreen(status: HaStatusRecord, view: TopView, paint: Paint): TopScreen {
  const { columns, rows, news, silence } = view;
  const list = [
    ...status.instances.map((one) => routerLine(one, columns, paint)),
    ...status.unanswered.map((name) => paint.red(cut(`${name}  does not answer`, columns))),
    ...status.groups.map((group) => cut(groupLine(group), columns)),
    ...status.trackers.map((tracker) => {
      const line = cut(trackerLine(tracker, COLOURLESS), columns);
      return tracker.state === "down" ? paint.red(line) : line;
    }),
    ...(status.services ?? []).flatMap((service) =>
      serviceLines(service, COLOURLESS).map((line) => cut(line, columns)),
    ),
  ];
  const head = [...headLines(status, columns, paint), cut(COLUMN_NAMES, columns)];
  const children = status.children.map((child) => cut(childLine(child), columns));
  const page = Math.max(1, rows - head.length - children.length - FOOT_LINES);
  const first = Math.max(0, Math.min(view.first, list.length - page));
  const shown = list.slice(first, first + page);
  const range =
    list.length > page ? `${first + 1}-${first + shown.length} of ${list.length}  ` : "";
  const foot = [
    silence === null ? cut(news, columns) : paint.red(cut(silence, columns)),
    cut(`${range}q quits, arrows and pages scroll`, columns),
  ];
  const padding = Array.from({ length: page - shown.length }, () => "");
  const lines = [...head, ...shown, ...padding, ...children, ...foot].slice(0, rows);
  return { lines, first, page };
}

function headLines(
  { file, pid, uptime_ms, maintenance, instances }: HaStatusRecord,
  columns: number,
  paint: Paint,
): string[] {
  const often = new Map<string, number>();
  for (const { state } of instances) often.set(state, (often.get(state) ?? 0) + 1);
  const states = Array.from(often, ([state, count]) => `${count} ${state.toUpperCase()}`);
  const up = `up ${formatDurationMs(Math.floor(uptime_ms / 1000) * 1000)}`;
  const routers = counted(instances.length, "router");
  return [
    cut(`${file}  process ${pid}, ${up}`, columns),
    maintenance === null
      ? cut(`${routers}: ${states.join(", ")}`, columns)
      : paint.yellow(cut(maintenanceLine(maintenance), columns)),
  ];
}

function routerLine(one: RouterStatusRecord, columns: number, paint: Paint): string {
  const { instance, state, state_age_ms, priority, master, vips, faults, tracked_faults } = one;
  const present = vips.filter((vip) => vip.present).length;
  const flaws = [...faults, ...tracked_faults.map((name) => `${name} is down`)];
  const before = column(instance, NAME_COLUMNS);
  const named = column(state.toUpperCase(), STATE_COLUMNS);
  const rest = [
    column(ageText(state_age_ms), AGE_COLUMNS),
    column(`${priority}`, PRIORITY_COLUMNS),
    column(master === null ? "none" : master.here ? "here" : master.address, MASTER_COLUMNS),
    column(`${present}/${vips.length}`, VIPS_COLUMNS),
    `${one.interface} ${one.vrid}${flaws.length === 0 ? "" : `  ${flaws.join(", ")}`}`,
  ].join("");
  const room = Math.max(0, columns - before.length - named.length);
  if (room === 0) return cut(before + named, columns);
  return `${before}${statePaint(state, paint)(named)}${cut(rest, room)}`;
}

/** `vrrp       4711  beat 0.05s ago  2 restarts  late 0.1ms, at most 3ms`. */
function childLine(child: ChildRecord): string {
  const { role, pid, beat_age_ms, restarts, late_ms, worst_late_ms } = child;
  const [beat, late, worst] = [beat_age_ms, late_ms, worst_late_ms].map((ms) =>
    ms === null ? "never" : formatDurationMs(ms),
  );
  return `${role.padEnd(10)} ${`${pid ?? "none"}`.padEnd(8)} beat ${beat} ago, ${counted(restarts, "restart")}, loop ${late} late, at most ${worst}`;
}

/** Whole seconds, so that a line does not change for nothing. */
const ageText = (ms: number): string => formatDurationMs(Math.floor(ms / 1000) * 1000);

const column = (text: string, width: number): string => cut(text, width - 2).padEnd(width);

/** A line that ends where the terminal does, with a mark of what is missing. */
function cut(text: string, columns: number): string {
  const safe = printable(text);
  return safe.length <= columns ? safe : `${safe.slice(0, Math.max(0, columns - 1))}…`;
}

const [NAME_COLUMNS, STATE_COLUMNS, AGE_COLUMNS, PRIORITY_COLUMNS] = [18, 8, 14, 6];
const [MASTER_COLUMNS, VIPS_COLUMNS] = [17, 7];
const COLUMN_NAMES = [
  "INSTANCE".padEnd(NAME_COLUMNS),
  "STATE".padEnd(STATE_COLUMNS),
  "FOR".padEnd(AGE_COLUMNS),
  "PRIO".padEnd(PRIORITY_COLUMNS),
  "MASTER".padEnd(MASTER_COLUMNS),
  "VIPS".padEnd(VIPS_COLUMNS),
  "ON",
].join("");
const FOOT_LINES = 2;
