/** The last day of all routers as bars: colour is not all that tells states apart, for each has its own height. */
import { type Stretch, stretchesOf } from "../../../app/ha/web/timeline.ts";
import type { HaView } from "../../../app/ha/web/view.ts";
import { type Html, html } from "../../../core/html.ts";

/** It changes each minute. */
export function timelineHtml(view: HaView): Html {
  const endMs = Math.ceil(view.wallMs / MINUTE_MS) * MINUTE_MS;
  const fromMs = endMs - MINUTES * MINUTE_MS;
  const lanes = view.status.instances.map(({ instance }) => {
    const stretches = stretchesOf(instance, view, fromMs).map((one) =>
      one.toMs === view.wallMs ? { ...one, toMs: endMs } : one,
    );
    return html`<div class="lane"><span title="${instance}">${instance}</span><svg viewBox="0 0 ${MINUTES} 10" preserveAspectRatio="none" role="img" aria-label="${instance}: the last day">${inOrder(stretches).map((one) => barHtml(one, fromMs))}</svg></div>`;
  });
  return html`<h2>The last 24 hours</h2><div class="day">${lanes}<div class="lane"><span class="hours-label"></span><div class="hours"><span>&minus;24 h</span><span>&minus;18 h</span><span>&minus;12 h</span><span>&minus;6 h</span><span>now</span></div></div><p class="legend">${STATES.map(legendHtml)}<span>nothing: not known</span></p></div>`;
}

/** Long ones first, so that a short one stands before them. */
const inOrder = (stretches: readonly Stretch[]): Stretch[] =>
  stretches.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs));

function barHtml({ state, fromMs: beganMs, toMs }: Stretch, fromMs: number): Html {
  const width = Math.max((toMs - beganMs) / MINUTE_MS, LEAST_MINUTES);
  const x = Math.min((beganMs - fromMs) / MINUTE_MS, MINUTES - width);
  const [y, height] = PLACES[state];
  const title = `${state.toUpperCase()} from ${timeOf(beganMs)} to ${timeOf(toMs)} UTC`;
  return html`<rect class="${state}" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${height}"><title>${title}</title></rect>`;
}

function legendHtml(state: Stretch["state"]): Html {
  const [y, height] = PLACES[state];
  return html`<span><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${state}" y="${y}" width="10" height="${height}"/></svg>${state.toUpperCase()}</span>`;
}

const timeOf = (wallMs: number): string => new Date(wallMs).toISOString().slice(11, 19);

/** From above, of 10. */
const PLACES: Readonly<Record<Stretch["state"], readonly [number, number]>> = {
  master: [0, 10],
  backup: [6, 4],
  fault: [0, 5],
  init: [8, 2],
};
const STATES = ["master", "backup", "fault", "init"] as const;
const MINUTE_MS = 60_000;
const MINUTES = 1440;
const LEAST_MINUTES = 8; // two pixels of a phone
