/** The page of `ha up` for people: complete as it is sent, without anything from elsewhere. */
import type { MaintenanceRecord } from "../../../app/ha/up/parent/maintenance.ts";
import type { ChildRecord, TrackerRecord } from "../../../app/ha/up/parent/status.ts";
import type { HaView, Pages } from "../../../app/ha/web/view.ts";
import { counted } from "../../../core/counted.ts";
import { Html, html } from "../../../core/html.ts";
import { causeText } from "../../vrrp/event-text.ts";
import { pillHtml, routersHtml } from "./router-html.ts";
import { SCRIPT } from "./script.ts";
import { serversHtml } from "./server-html.ts";
import { STYLE } from "./style.ts";
import { timelineHtml } from "./timeline-html.ts";

const partsOf = (view: HaView): Readonly<Record<string, Html>> => ({
  head: headHtml(view),
  routers: routersHtml(view),
  servers: serversHtml(view.status.services),
  day: timelineHtml(view),
  checks: checksHtml(view.status.trackers),
  past: pastHtml(view),
  processes: processesHtml(view.status.children),
});

function headHtml({ host, status, wallMs }: HaView): Html {
  const { instances, maintenance, file, uptime_ms, unanswered } = status;
  const counts = (["master", "backup", "fault", "init"] as const).flatMap((state) => {
    const count = instances.filter((one) => one.state === state).length;
    return count === 0 ? [] : [pillHtml(state, `${count} ${state.toUpperCase()}`)];
  });
  const startedMs = Math.round((wallMs - uptime_ms) / 10_000) * 10_000;
  const started = new Date(startedMs).toISOString();
  const banners = [
    ...(maintenance === null ? [] : [maintenanceHtml(maintenance)]),
    ...(unanswered.length === 0
      ? []
      : [html`${counted(unanswered.length, "router")} without an answer`]),
  ];
  return html`<div class="top"><h1>${host}</h1>${counts}<p class="faint">${file}, up for <time datetime="${started}" data-age>since ${started}</time></p></div>${banners.map((text) => html`<p class="banner warn" role="status">${text}</p>`)}`;
}

function maintenanceHtml({ since, until, reason }: MaintenanceRecord): Html {
  const end = until === null ? html`` : html`, until ${timeHtml(until)}`;
  return html`Maintenance since ${timeHtml(since)}${end}${reason === null ? "" : `: ${reason}`}`;
}

/** The script of the page makes it the reader's. */
const timeHtml = (ts: string): Html => html`<time datetime="${ts}" data-at>${ts}</time>`;

function checksHtml(trackers: readonly TrackerRecord[]): Html {
  if (trackers.length === 0) return html``;
  const rows = trackers.map(({ kind, name, state, detail, output }) => {
    const last = output?.trim().split("\n").at(-1) ?? "";
    const said = [detail, last].filter((text) => text !== null && text !== "").join(": ");
    return html`<li>${stateHtml(state)}<span>${name}</span><span class="faint">${kind}</span>${said === "" ? "" : html`<code>${said}</code>`}</li>`;
  });
  return html`<h2>What is tracked</h2><ul class="rows">${rows}</ul>`;
}

/** Of a file it may be a number. */
const stateHtml = (state: TrackerRecord["state"]): Html =>
  typeof state === "number" ? pillHtml("init", `${state}`) : pillHtml(state, state.toUpperCase());

function pastHtml({ transitions }: HaView): Html {
  const rows = transitions
    .slice(-MOST_PAST)
    .toReversed()
    .map(
      ({ instance, ts, from, to, cause }) =>
        html`<li><span class="faint">${timeHtml(ts)}</span><b>${instance}</b><span>${from.toUpperCase()} &rarr; ${to.toUpperCase()}</span><span class="faint">${causeText(cause)}</span></li>`,
    );
  return html`<h2>Latest changes</h2><ul class="rows">${rows.length === 0 ? html`<li class="faint">none since it was started</li>` : rows}</ul>`;
}

function processesHtml(children: readonly ChildRecord[]): Html {
  const rows = children.map(({ role, pid, beat_age_ms, restarts }) => {
    const isWell = pid !== null && beat_age_ms !== null && beat_age_ms < SILENT_MS;
    const count = restarts === 0 ? "" : `started again ${restarts} times`;
    return html`<li>${isWell ? pillHtml("up", "ALIVE") : pillHtml("down", "SILENT")}<span>${role}</span><span class="faint">${pid === null ? "no process" : `process ${pid}`}</span><span class="bad">${count}</span></li>`;
  });
  return html`<h2>Processes</h2><ul class="rows">${rows}</ul>`;
}

function pageOf(view: HaView): string {
  const parts = Object.entries(partsOf(view)).map(
    ([id, part]) => html`<section id="${id}">${part}</section>`,
  );
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${view.host} - vipkit</title><link rel="icon" href="data:,">
<noscript><meta http-equiv="refresh" content="10"></noscript>
<style>${new Html(STYLE)}</style></head>
<body data-wall-ms="${view.wallMs}"><main>${parts}</main><footer><a href="metrics">metrics</a> &middot; <a href="status">status</a> &middot; <a href="healthz">health</a></footer>
<p id="link" class="pill" role="status">not live</p>
<script>${new Html(SCRIPT)}</script></body></html>
`.text;
}

export const PAGES: Pages = {
  page: pageOf,
  parts: (view) =>
    Object.fromEntries(Object.entries(partsOf(view)).map(([id, part]) => [id, part.text])),
  script: SCRIPT,
  style: STYLE,
};

const MOST_PAST = 20;
const SILENT_MS = 2000;
