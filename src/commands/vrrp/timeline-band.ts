/** One virtual router in the picture: its title, a lane for each speaker, and what went wrong. */
import type { Lane, RouterTimeline, Stretch } from "../../app/sniff/timeline.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { clipped, plain, tag, tooltip } from "./svg.ts";
import { momentText, type TimeScale, timeText } from "./time-scale.ts";
import { type Detail, groupsOf, type Run, runsOf } from "./timeline-runs.ts";
import { MARK } from "./timeline-style.ts";
import type { Known, Summary } from "./timeline-summary.ts";

export interface Place {
  readonly scale: TimeScale;
  readonly detail: Detail;
  readonly mostLanes: number;
}

/** Pixels from the top of the band to that of the next. */
export const bandHeight = (router: RouterTimeline, mostLanes: number): number =>
  TITLE_PX +
  lanesHeight(router, mostLanes) +
  (missing(router, mostLanes) === "" ? 0 : LANE_PX) +
  SPACE_PX;

export function drawBand({ router, summary }: Known, top: number, place: Place): string {
  const { scale, mostLanes } = place;
  const lanes = router.lanes.slice(0, mostLanes);
  const lanesTop = top + TITLE_PX;
  const bottom = lanesTop + lanesHeight(router, mostLanes);
  const name = tag(
    "text",
    { class: "name halo", x: MARGIN_PX, y: top + 15 },
    plain(clipped(router.title, 60)),
  );
  const rest = missing(router, mostLanes);
  return [
    name,
    verdict(summary, scale.right, top + 15),
    ...lanes.map((lane, n) => laneBack(lane, lanesTop + n * LANE_PX, scale)),
    ...lanes.map((lane, n) => masters(lane, lanesTop + n * LANE_PX, place)),
    gaps(router, lanesTop, bottom, place),
    ...lanes.map((lane, n) => badMarks(lane, lanesTop + n * LANE_PX, place)),
    ...(rest === ""
      ? []
      : [tag("text", { class: "quiet", x: scale.left, y: bottom + 15 }, plain(rest))]),
  ].join("");
}

/** Where nobody was master at all there is one lane, for the gap. */
const lanesHeight = ({ lanes }: RouterTimeline, most: number): number =>
  Math.min(Math.max(lanes.length, 1), most) * LANE_PX;

function missing({ lanes, leftOut }: RouterTimeline, mostLanes: number): string {
  const undrawn = lanes.length - mostLanes;
  return [
    ...(undrawn > 0 ? [`${undrawn} more addresses have no room here`] : []),
    ...(leftOut > 0 ? [`${leftOut} more stretches and bad adverts were not kept`] : []),
  ].join("; ");
}

function verdict({ calm, alarms }: Summary, x: number, y: number): string {
  const parts = [
    ...(calm === "" ? [] : [tag("tspan", {}, plain(calm))]),
    ...alarms.map((alarm) => tag("tspan", { class: "alarm" }, plain(alarm))),
  ];
  return tag("text", { class: "right quiet halo", x, y }, parts.join(" · "));
}

function laneBack({ source }: Lane, top: number, { left, right }: TimeScale): string {
  const label = clipped(source, MOST_SOURCE);
  const more = label === source ? "" : tooltip(source);
  return [
    tag("rect", {
      class: "lane",
      x: left,
      y: top + BAR_TOP_PX,
      width: right - left,
      height: BAR_PX,
    }),
    tag(
      "text",
      { class: "source", x: MARGIN_PX + 8, y: top + BAR_TOP_PX + 11 },
      plain(label),
      more,
    ),
  ].join("");
}

function masters({ source, stretches }: Lane, top: number, place: Place): string {
  return [false, true]
    .map((second) => {
      const kind = second ? "second" : "master";
      const said = second ? "second master" : "master";
      return bars(
        kind,
        stretches.filter((it) => it.second === second),
        {
          place,
          top: top + BAR_TOP_PX,
          height: BAR_PX,
          title: (run) => `${source}: ${said} ${runText(run)}`,
          label: ({ totalMs }) =>
            second ? `second master, ${formatDurationMs(totalMs)}` : formatDurationMs(totalMs),
        },
      );
    })
    .join("");
}

const gaps = (router: RouterTimeline, top: number, bottom: number, place: Place): string =>
  bars("nobody", router.gaps, {
    place,
    top: top + BAR_TOP_PX - 2,
    height: bottom - top - BAR_TOP_PX + 2,
    title: (run) => `nobody was heard ${runText(run)}`,
    label: ({ totalMs }) => `nobody, ${formatDurationMs(totalMs)}`,
  });

interface BarLook {
  readonly place: Place;
  readonly top: number;
  readonly height: number;
  readonly title: (run: Run) => string;
  readonly label: (run: Run) => string;
}

/** Those too narrow for a tooltip are one path: few bytes each, however many there are. */
function bars(kind: string, stretches: readonly Stretch[], look: BarLook): string {
  const { place, top, height } = look;
  const { mergePx, titledPx } = place.detail;
  const runs = runsOf(stretches, place.scale, mergePx);
  const titled = runs.filter(({ width }) => width >= titledPx);
  const middle = top + height / 2;
  let pen = Number.NaN;
  const path = runs.flatMap(({ x, width }) => {
    if (width >= titledPx) return [];
    const move = Number.isNaN(pen) ? `M${x} ${middle}` : `m${x - pen} 0`;
    pen = x + width;
    return [`${move}h${width}`];
  });
  return [
    ...(path.length === 0
      ? []
      : [tag("path", { class: kind, "stroke-width": height, d: path.join("") })]),
    ...titled.map((run) =>
      tag(
        "rect",
        { class: kind, x: run.x, y: top, width: run.width, height },
        tooltip(look.title(run)),
      ),
    ),
    ...titled.map((run) => barLabel(kind, run, look.label(run), middle)),
  ].join("");
}

function barLabel(kind: string, { x, width }: Run, label: string, middle: number): string {
  const text = [label, label.split(",")[0] ?? ""].find(
    ({ length }) => length * LETTER_PX + 10 <= width,
  );
  if (text === undefined) return "";
  const look = kind === "master" ? "in on-master" : "in halo";
  return tag("text", { class: look, x: x + width / 2, y: middle + 4 }, plain(text));
}

function badMarks({ marks, source }: Lane, top: number, { scale, detail }: Place): string {
  const groups = groupsOf(marks, scale, MARK_PX * Math.max(1, detail.mergePx / 2));
  const y = top + BAR_TOP_PX + 2;
  if (detail.titledPx > MARK_PX) {
    const path = groups.map(({ x }) => `M${x} ${y}${MARK}`).join("");
    return path === "" ? "" : tag("path", { class: "bad", d: path });
  }
  return groups
    .map(({ x, fromMs, untilMs, reasons }) => {
      const kinds = [...reasons].map(
        ([reason, count]) => `${reason}${count > 1 ? ` (${count})` : ""}`,
      );
      const until = untilMs > fromMs ? ` until ${timeText(untilMs)}` : "";
      const text = `${source}: ${clipped(kinds.join(", "), 200)}, ${momentText(fromMs)}${until}`;
      return tag("path", { class: "bad", d: `M${x} ${y}${MARK}` }, tooltip(text));
    })
    .join("");
}

function runText({ fromMs, untilMs, count, totalMs }: Run): string {
  const span = `from ${momentText(fromMs)} until ${momentText(untilMs)}`;
  const lasted = formatDurationMs(totalMs);
  return count === 1 ? `${span}, ${lasted}` : `${count} times ${span}, ${lasted} in all`;
}

export const MARGIN_PX = 24;
/** Characters of a speaker's address that are shown: as many as an IPv6 address may have. */
export const MOST_SOURCE = 39;
const [TITLE_PX, LANE_PX, SPACE_PX] = [22, 25, 16];
const [BAR_TOP_PX, BAR_PX] = [9, 14]; // in a lane; marks stand above the bar
const [LETTER_PX, MARK_PX] = [6, 8];
