/** The virtual routers that `vrrp sniff --table` sees, a row each. */
import type { RouterRecord } from "../../app/sniff/sighting-record.ts";
import { formatDurationMs } from "../../core/duration.ts";
import type { Context } from "../define.ts";
import { formatRows } from "../table.ts";
import { ageText } from "./sniff-line.ts";

/** Lines: framed and with a head on a terminal, else aligned columns. */
export const routerRows = async (
  routers: readonly RouterRecord[],
  columns: number | undefined,
  nowMs: number,
): Promise<string[]> =>
  await formatRows(
    HEAD,
    routers.map((one) => cells(one, nowMs)),
    columns,
  );

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
const MOST_OTHERS = 3;
/** ECMA-48: cursor to the upper left; erase to the end of the line, of the screen. */
const HOME = "\x1b[H";
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";
