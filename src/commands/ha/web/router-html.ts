/** A virtual router on the page of `ha up`: who is master of what, since when, and why. */
import type { RouterStatusRecord } from "../../../app/ha/up/parent/status.ts";
import type { HaView } from "../../../app/ha/web/view.ts";
import { type Html, html } from "../../../core/html.ts";

export function routersHtml({ status, transitions, wallMs }: HaView): Html {
  const since = new Map(transitions.map(({ instance, ts, to }) => [`${instance} ${to}`, ts]));
  const cards = status.instances.map((router) => {
    const { instance, state, state_age_ms } = router;
    const about = new Date(wallMs - state_age_ms).toISOString();
    const group = status.groups.find(({ members }) => members.includes(instance))?.group;
    return routerHtml(router, since.get(`${instance} ${state}`) ?? about, group);
  });
  const silent = status.unanswered.map(
    (name) =>
      html`<article class="card"><header><h3>${name}</h3>${pillHtml("unknown", "NO ANSWER")}</header></article>`,
  );
  return html`<h2>Virtual routers</h2><div class="cards">${cards}${silent}</div>`;
}

function routerHtml(router: RouterStatusRecord, since: string, group: string | undefined): Html {
  const { instance, state, vrid, interface: ifName } = router;
  const faults = [...router.faults, ...router.tracked_faults.map((name) => `${name} is down`)];
  const conflicts = router.conflicts.map(
    ({ kind, vip, source, mac }) => `${kind} ${vip ?? ""} by ${source ?? "somebody"}, ${mac}`,
  );
  return html`<article class="card" data-instance="${instance}"><header><h3>${instance}</h3>${pillHtml(state, state.toUpperCase())}</header><dl>
<dt>for</dt><dd><time datetime="${since}" data-age>since ${since}</time></dd>
<dt>master</dt><dd>${masterText(router)}</dd>
<dt>addresses</dt><dd>${addressesHtml(router)}</dd>
<dt>priority</dt><dd>${priorityText(router)}</dd>
<dt>place</dt><dd>VRID ${vrid} on ${ifName}${group === undefined ? "" : `, group ${group}`}</dd>
${[...faults, ...conflicts].map((text) => html`<dt class="bad">trouble</dt><dd class="bad">${text}</dd>`)}</dl></article>`;
}

function masterText({ master }: RouterStatusRecord): string {
  if (master === null) return "nobody is heard";
  return master.here ? "this host" : `${master.address}, priority ${master.priority}`;
}

function addressesHtml({ vips, state }: RouterStatusRecord): Html {
  const items = vips.map(({ address, present }) => {
    const isRight = present === (state === "master");
    const mark = isRight
      ? present
        ? html` &check;`
        : html``
      : html`${present ? " is here" : " is missing"} &cross;`;
    return html`<li class="${isRight ? "" : "bad"}"><span class="number">${address}</span>${mark}</li>`;
  });
  return html`<ul>${items}</ul>`;
}

function priorityText({ priority, configured_priority, terms }: RouterStatusRecord): string {
  const added = terms.map(
    ({ name, points }) => `${points > 0 ? "+" : "-"}${Math.abs(points)} ${name}`,
  );
  return added.length === 0
    ? `${priority}`
    : `${priority} = ${[configured_priority, ...added].join(" ")}`;
}

/** `kind` is a class of the style. */
export const pillHtml = (kind: string, text: string): Html =>
  html`<span class="pill ${kind}">${text}</span>`;
