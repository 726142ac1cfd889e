/** Virtual and real servers as lines for people. */
import type { ServerEvent } from "../../app/ha/up/servers/server-events.ts";
import type { CheckRecord, ServiceRecord } from "../../app/ha/up/servers/server-status.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import type { Paint } from "../define.ts";
import { connectionsText } from "../ipvs/connections-text.ts";

export const serverEventLine = (event: ServerEvent): string => printable(lineOf(event));

function lineOf(event: ServerEvent): string {
  const { service } = event;
  switch (event.type) {
    case "check": {
      const { check, server, state, again, detail } = event;
      const what = state === "up" ? "succeeded" : again ? "failed, and is tried again" : "failed";
      return `${check} of ${server} for ${service} ${what}: ${detail}`;
    }
    case "server":
      return `real server ${event.server} of ${service} is ${event.state}`;
    case "weight":
      return `real server ${event.server} of ${service} has weight ${event.to} instead of ${event.from}`;
    case "hand-weight": {
      const { server, weight } = event;
      return `real server ${server} of ${service} has ${handWeightText(weight)}`;
    }
    case "quorum": {
      const { state, weight, threshold, cause } = event;
      if (cause === "stop")
        return `virtual server ${service} is down, for nobody checks it any more`;
      const why = `weight ${weight} is ${state === "up" ? "enough" : "not enough"}`;
      return `virtual server ${service} is ${state}: ${why}, ${threshold} needed`;
    }
    case "destinations": {
      const all = event.destinations.map(
        ({ server, weight, sorry }) => `${server}${sorry ? " (sorry)" : ""} weight ${weight}`,
      );
      return `connections to ${service} are to go ${all.length === 0 ? "nowhere" : `to ${all.join(", ")}`}`;
    }
    case "suspended":
      return event.suspended
        ? `checks of ${service} are suspended: its address is not here`
        : `checks of ${service} go on: its address is here`;
  }
}

/** A line for each virtual server, and one for each real server. */
export function serviceLines(record: ServiceRecord, paint: Paint): string[] {
  const { service, state, weight, quorum, suspended, servers, destinations } = record;
  const sorry = destinations.find((one) => one.sorry && one.weight > 0);
  const to = sorry === undefined ? "" : `, sorry server ${sorry.server}`;
  const pause = suspended ? ", not checked: its address is not here" : "";
  const head = `weight ${weight} of quorum ${quorum}${to}${pause}`;
  return [
    `virtual server ${printable(service)}  ${painted(state, paint)}  ${printable(head)}`,
    ...servers.map((one) => {
      const { server, state: own, weight: its, hand_weight: byHand, connections, checks } = one;
      const told = checks.map(checkText).join("; ");
      const hand =
        byHand === null ? "" : paint.yellow(` ${byHand === 0 ? "drained" : byHand} by hand`);
      const left = connections === null ? "" : `, ${connectionsText([connections])}`;
      return `  ${printable(server)}  ${painted(own, paint)}  weight ${its}${hand}${left}${printable(told === "" ? "" : `  ${told}`)}`;
    }),
  ];
}

/** Behind "has". @param weight null: it is undone */
export function handWeightText(weight: number | null): string {
  if (weight === null) return "its own weight again";
  return `weight ${weight} by hand${weight === 0 ? ", and is drained" : ""}`;
}

const painted = (state: "up" | "down", paint: Paint): string =>
  state === "down" ? paint.red(state) : state;

/** `TCP_CHECK down, 0.4s ago: connection refused`. */
function checkText({ check, state, age_ms, detail }: CheckRecord): string {
  if (age_ms === null) return `${check} ${state === "unknown" ? "not asked yet" : state}`;
  return `${check} ${state}, ${formatDurationMs(age_ms)} ago: ${detail}`;
}
