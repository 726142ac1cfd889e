/**
 * Who was master when, as a picture: one SVG document (W3C SVG 1.1) that needs nothing beside it, runs
 * no script, and follows the reader's choice of light or dark.
 */
import type { Timeline } from "../../app/sniff/timeline.ts";
import { counted } from "../../core/counted.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { plain, tag } from "./svg.ts";
import { momentText, TimeScale, ticksOf } from "./time-scale.ts";
import { bandHeight, drawBand, MARGIN_PX, MOST_SOURCE } from "./timeline-band.ts";
import type { Detail } from "./timeline-runs.ts";
import { appearance, legend } from "./timeline-style.ts";
import { type Known, sentenceOf, summaryOf } from "./timeline-summary.ts";

/** As fine as fits into about `mostCharacters`; what is too narrow to be told apart is one bar. */
export function drawTimeline(timeline: Timeline, mostCharacters: number = MOST_CHARACTERS): string {
  const known = timeline.routers.map((router) => ({ router, summary: summaryOf(router) }));
  const scale = new TimeScale(timeline, MARGIN_PX + labelWidth(timeline), WIDTH_PX - MARGIN_PX);
  for (const detail of DETAILS) {
    const body = drawBody(known, scale, detail, mostCharacters);
    if (body !== undefined) return documentOf(timeline, known, body);
  }
  const body = drawBody(known, scale, COARSEST, Number.POSITIVE_INFINITY) as Body;
  return documentOf(timeline, known, body);
}

/** The bands and their axes, one below the other. */
interface Body {
  readonly pieces: readonly string[];
  readonly bottom: number;
}

/** @returns undefined as soon as it has become longer than `mostCharacters` */
function drawBody(
  known: readonly Known[],
  scale: TimeScale,
  detail: Detail,
  mostCharacters: number,
): Body | undefined {
  const mostLanes = Math.max(2, Math.min(MOST_LANES, Math.floor(ALL_LANES / (known.length + 1))));
  const place = { scale, detail, mostLanes };
  const bands: string[] = [];
  const axes = [HEAD_PX];
  let top = HEAD_PX + AXIS_PX;
  let characters = 0;
  for (const each of known) {
    if (top - (axes.at(-1) ?? 0) > AXIS_EVERY_PX) {
      axes.push(top - 6);
      top += AXIS_PX;
    }
    const band = drawBand(each, top, place);
    characters += band.length;
    if (characters > mostCharacters) return undefined;
    bands.push(band);
    top += bandHeight(each.router, mostLanes);
  }
  if (known.length === 0) {
    bands.push(tag("text", { x: scale.left, y: top + 20 }, "No advert was heard."));
    top += 48;
  }
  const lines = axes.map((y, n) => axis(scale, y, (axes[n + 1] ?? top) - 6));
  return { pieces: [...lines, ...bands], bottom: top };
}

function documentOf(timeline: Timeline, known: readonly Known[], { pieces, bottom }: Body): string {
  const heightPx = bottom + MARGIN_PX;
  return tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${WIDTH_PX} ${heightPx}`,
      width: WIDTH_PX,
      height: heightPx,
      role: "img",
      "aria-labelledby": "title desc",
    },
    tag("title", { id: "title" }, plain(TITLE)),
    tag("desc", { id: "desc" }, plain(describe(timeline, known))),
    appearance(),
    tag("rect", { class: "page", width: "100%", height: "100%" }),
    heading(timeline),
    ...pieces,
  ).concat("\n");
}

function heading(timeline: Timeline): string {
  const { length } = timeline.routers;
  const count = counted(length, "virtual router");
  return [
    tag("text", { class: "head", x: MARGIN_PX, y: 36 }, plain(TITLE)),
    tag("text", { class: "quiet", x: MARGIN_PX, y: 58 }, plain(`${spanText(timeline)}, ${count}`)),
    legend(MARGIN_PX, 74),
  ].join("");
}

const spanText = ({ fromMs, untilMs }: Timeline): string =>
  `${momentText(fromMs)} to ${momentText(untilMs)} UTC, ${formatDurationMs(Math.max(0, untilMs - fromMs))}`;

/** The labels, and below each a line through the bands down to `bottom`. */
function axis(scale: TimeScale, y: number, bottom: number): string {
  const ticks = ticksOf(scale);
  const lines = ticks
    .map(({ x }) => `M${Math.round(x) + 0.5} ${y + AXIS_PX - 8}V${bottom}`)
    .join("");
  const labels = ticks.flatMap(({ x, time, date }) => {
    const at = Math.min(Math.max(x, scale.left), scale.right - 20);
    return [
      ...(date === ""
        ? []
        : [tag("text", { class: "tick", x: at, y: y + (time === "" ? 24 : 12) }, date)]),
      ...(time === "" ? [] : [tag("text", { class: "tick", x: at, y: y + 24 }, time)]),
    ];
  });
  return [
    tag("text", { class: "quiet", x: MARGIN_PX, y: y + 24 }, "time (UTC)"),
    tag("path", { class: "lines", d: lines }),
    ...labels,
  ].join("");
}

/** Room for the longest address beside the lanes. */
function labelWidth({ routers }: Timeline): number {
  const lengths = routers.flatMap(({ lanes }) => lanes.map(({ source }) => source.length));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return Math.max(100, Math.min(longest, MOST_SOURCE) * 7.4 + 24);
}

function describe(timeline: Timeline, known: readonly Known[]): string {
  const rest = known.length - MOST_DESCRIBED;
  return [
    `${spanText(timeline)}.`,
    ...(known.length === 0 ? ["No advert was heard."] : []),
    ...known.slice(0, MOST_DESCRIBED).map(({ router, summary }) => sentenceOf(router, summary)),
    ...(rest > 0 ? [`${rest} more virtual routers.`] : []),
  ].join(" ");
}

const TITLE = "VRRP: who was master when";
const [WIDTH_PX, HEAD_PX, AXIS_PX] = [1200, 100, 36];
const AXIS_EVERY_PX = 900; // so that one is in sight wherever one looks
const [MOST_LANES, ALL_LANES] = [40, 4000]; // of a router, of all
const MOST_DESCRIBED = 20;
const MOST_CHARACTERS = 1_500_000;
const UNTITLED_PX = Number.POSITIVE_INFINITY;
const COARSEST: Detail = { mergePx: 48, titledPx: UNTITLED_PX };
/** From the finest on. */
const DETAILS: readonly Detail[] = [
  ...[0, 4, 16, 64, UNTITLED_PX].map((titledPx) => ({ mergePx: 1.5, titledPx })),
  ...[3, 6, 12, 24].map((mergePx) => ({ mergePx, titledPx: UNTITLED_PX })),
];
