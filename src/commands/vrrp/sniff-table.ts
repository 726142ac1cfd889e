/** The virtual routers that `vrrp sniff --table` sees, a row each. */
import type { RouterRecord } from "../../app/sniff/sighting-record.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import type { Context } from "../define.ts";
import { formatRows } from "../table.ts";
import { ageText } from "./sniff-line.ts";

/** Lines: framed and with a head on a terminal, where the columns are those that fit, else aligned columns. */
export const routerRows = async (
  routers: readonly RouterRecord[],
  columns: number | undefined,
  nowMs: number,
): Promise<string[]> => {
  const rows = routers.map((one) => cells(one, nowMs).map(printable));
  const places = columns === undefined ? [...HEAD.keys()] : fitting(rows, columns);
  const width =
    columns === undefined ? Number.POSITIVE_INFINITY : verdictWidth(rows, places, columns);
  return await formatRows(
    places.map((place) => HEAD[place] as string),
    rows.map((row) => places.map((place) => cut(row[place] as string, place, width))),
    columns,
  );
};

/** The places of the columns for which a terminal has room: the least important go first. */
function fitting(rows: readonly (readonly string[])[], columns: number): number[] {
  let places = [...HEAD.keys()];
  for (const name of DISPENSABLE) {
    if (framedWidth(rows, places) <= columns) break;
    places = places.filter((place) => HEAD[place] !== name);
  }
  return places;
}

/** With borders and a blank on both sides of each cell. */
const framedWidth = (rows: readonly (readonly string[])[], places: readonly number[]): number =>
  places.reduce((sum, place) => {
    const cells = [HEAD[place] as string, ...rows.map((row) => row[place] as string)];
    const widest = Math.max(...cells.map(({ length }) => length));
    return sum + (place === VERDICT ? Math.min(widest, VERDICT_WANTED) : widest) + 3;
  }, 1);

/** What is left for the last column. */
function verdictWidth(
  rows: readonly (readonly string[])[],
  places: readonly number[],
  columns: number,
): number {
  const others = places.filter((place) => place !== VERDICT);
  return Math.max(VERDICT_LEAST, columns - framedWidth(rows, others) - 3);
}

const cut = (cell: string, place: number, width: number): string =>
  place === VERDICT && cell.length > width ? `${cell.slice(0, width - 3)}...` : cell;

/** Draws over what was drawn before, on a terminal whose lines are `rows`. */
export async function redraw(
  routers: readonly RouterRecord[],
  nowMs: number,
  { columns, rows = 24, stdout }: Pick<Context, "columns" | "rows" | "stdout">,
): Promise<void> {
  const lines = await routerRows(routers, columns, nowMs);
  const shown = lines.length < rows ? lines : lines.slice(0, rows - 2);
  if (shown.length < lines.length) shown.push("... more than this terminal has lines: --vrid N");
  stdout(`${HOME}${shown.map((line) => `${line}${CLEAR_LINE}`).join("\n")}${CLEAR_BELOW}`);
}

function cells(router: RouterRecord, nowMs: number): string[] {
  const { master, priority, interval_ms, jitter_p50_ms, jitter_p99_ms, advert_age_ms } = router;
  const others = [...router.other_masters.map((source) => `MASTER ${source}`), ...router.backups];
  const since = router.master_since === null ? 0 : nowMs - Date.parse(router.master_since);
  return [
    router.segment,
    `${router.vrid}`,
    router.family.replace("ip", "IP"),
    master === null ? "-" : `${master} (${ageText(since)})`,
    `${priority ?? "-"}`,
    interval_ms === null ? "-" : formatDurationMs(interval_ms),
    jitter_p50_ms === null ? "-" : `${shortMs(jitter_p50_ms)}/${shortMs(jitter_p99_ms ?? 0)} ms`,
    advert_age_ms === null ? "-" : formatDurationMs(Math.round(advert_age_ms / 100) * 100),
    `${router.missed}`,
    `${router.takeovers}`,
    others.slice(0, MOST_OTHERS).join(" ") || "-",
    router.verdict,
  ];
}

const shortMs = (ms: number): string => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0));

const HEAD = [
  "INTERFACE",
  "VRID",
  "FAMILY",
  "MASTER",
  "PRIO",
  "INTERVAL",
  "JITTER p50/p99",
  "AGE",
  "MISSED",
  "FLAPS",
  "OTHERS",
  "VERDICT",
];
const DISPENSABLE = [
  "JITTER p50/p99",
  "OTHERS",
  "FLAPS",
  "MISSED",
  "INTERVAL",
  "AGE",
  "FAMILY",
  "PRIO",
];
const VERDICT = HEAD.length - 1;
const VERDICT_WANTED = 30; // rather than columns that say more
const VERDICT_LEAST = 12;
const MOST_OTHERS = 3;
/** ECMA-48: cursor to the upper left; erase to the end of the line, of the screen. */
const HOME = "\x1b[H";
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";
