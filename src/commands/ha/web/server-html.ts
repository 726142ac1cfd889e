/** Virtual and real servers on the page of `ha up`. */
import type { ServerRecord, ServiceRecord } from "../../../app/ha/up/servers/server-status.ts";
import { type Html, html } from "../../../core/html.ts";
import { pillHtml } from "./router-html.ts";

/** @param services null where nobody knows */
export function serversHtml(services: readonly ServiceRecord[] | null): Html {
  if (services?.length === 0) return html``;
  const cards =
    services?.map(serviceHtml) ??
    html`<p class="banner warn">The process of the checks does not answer</p>`;
  return html`<h2>Virtual servers</h2><div class="cards">${cards}</div>`;
}

function serviceHtml(record: ServiceRecord): Html {
  const { service, state, weight, quorum, suspended, servers, destinations } = record;
  const sorry = destinations.find((one) => one.sorry && one.weight > 0);
  return html`<article class="card"><header><h3>${service}</h3>${pillHtml(state, state.toUpperCase())}</header><p class="faint">weight ${weight} of quorum ${quorum}${suspended ? ", not checked: its address is not here" : ""}</p>${sorry === undefined ? "" : html`<p class="bad">sorry server ${sorry.server}</p>`}<ul class="servers">${servers.map(serverHtml)}</ul></article>`;
}

function serverHtml({ server, state, weight, hand_weight, checks }: ServerRecord): Html {
  const failed = checks.filter((check) => check.state === "down");
  const reasons = failed.map(
    ({ check, detail }) => html`<p class="bad">${check}: ${detail ?? "failed"}</p>`,
  );
  return html`<li>${pillHtml(state, state.toUpperCase())} <span class="number">${server}</span> <span class="faint">weight ${weight}${hand_weight === null ? "" : `, by hand ${hand_weight}`}</span>${reasons}</li>`;
}
