/** A simulated cluster as lines for people: what happened, who was without an address, and why. */
import type { Span } from "../../app/ha/simulate/holders.ts";
import { sumText } from "../../app/ha/simulate/reasons.ts";
import type { AddressReport, SimulationResult } from "../../app/ha/simulate/simulation.ts";
import type { StartSplit } from "../../app/ha/simulate/start.ts";
import type { TimelineEntry } from "../../app/ha/simulate/timeline.ts";
import type { Outcome, Verdict, VerdictFinding } from "../../app/ha/simulate/verdict.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import { formatRows } from "../table.ts";

/** The timeline, the addresses, and the verdicts. @param terminal as of `formatRows` */
export async function simulationLines(
  result: SimulationResult,
  terminal?: number,
): Promise<string[]> {
  const { timeline, timelineLeftOut: leftOut, addresses, verdicts } = result;
  const more = leftOut > 0 ? [`and ${leftOut} more`] : [];
  return [
    ...(await formatRows(TIMELINE_HEAD, timeline.map(timelineRow), terminal)),
    ...more,
    "",
    ...addresses.map((report) => printable(addressLine(report))),
    ...verdicts.flatMap((verdict) => ["", ...verdictLines(verdict)]),
  ];
}

/** A row for each failure and each way in which virtual routers fared. */
export async function failureLines(
  verdicts: readonly Verdict[],
  terminal?: number,
): Promise<string[]> {
  const rows = verdicts.flatMap(({ event, findings }) =>
    findings.map((finding) => [
      event,
      namesText(finding.instances),
      OUTCOMES[finding.outcome],
      moveText(finding),
      `nobody ${lengthText(finding.nobodyMs, finding.lost.length > 0)}`,
      `two ${lengthText(finding.severalMs, finding.severalLast)}`,
      [finding.reason, ...lostText(finding)].filter((part) => part !== "").join(", "),
    ]),
  );
  return await formatRows(FAILURE_HEAD, rows, terminal);
}

/** `SPLIT BRAIN before any failure: a and b are MASTER, a rejects adverts: wrong-password (VI_1)`. */
export function splitLine({ instances, masters, reason }: StartSplit): string {
  const parts = [`${masters.join(" and ")} are MASTER`, ...(reason === "" ? [] : [reason])];
  const where = namesText(instances);
  return printable(`${OUTCOMES.split} before any failure: ${parts.join(", ")} (${where})`);
}

/** `NO FAILOVER at 5s: a stays MASTER, 150-30=120 > 100; a weight below -50 would move it`. */
export function verdictLines({ atMs, event, idle, findings }: Verdict): string[] {
  if (idle !== null)
    return [printable(`NOTHING CHANGED at ${secondsText(atMs)}: ${idle} (${event})`)];
  return findings.map((finding) => {
    const { outcome, instances, afterMs, nobodyMs, severalMs, reason } = finding;
    const parts = [
      `${OUTCOMES[outcome]} at ${secondsText(atMs)}: ${moveText(finding)}`,
      ...(afterMs === null ? [] : [`after ${formatDurationMs(afterMs)}`]),
      ...(reason === "" ? [] : [reason]),
      ...lostText(finding),
      ...(nobodyMs > 0 ? [`nobody held the addresses for ${msText(nobodyMs)}`] : []),
      ...(severalMs > 0 ? [`two held them for ${msText(severalMs)}`] : []),
    ];
    return printable(`${parts.join(", ")} (${event}; ${namesText(instances)})`);
  });
}

function timelineRow(entry: TimelineEntry): string[] {
  const time = secondsText(entry.atMs);
  switch (entry.kind) {
    case "event":
      return [time, "", "", "", "", `> ${entry.words}`];
    case "tracked":
      return [time, entry.node, entry.name, `${entry.state}`, "", ""];
    case "priority": {
      const { node, instance, state, formerPriority, basePriority, terms } = entry;
      const sum = sumText(basePriority, terms);
      return [time, node, instance, state.toUpperCase(), sum, `priority was ${formerPriority}`];
    }
    case "state": {
      const { node, instance, from, state, basePriority, terms, cause, holders } = entry;
      const change = `${from.toUpperCase()} -> ${state.toUpperCase()}`;
      const held = holders.slice(0, MOST_NAMED).map(holdingText);
      const more = holders.length > MOST_NAMED ? [`and ${holders.length - MOST_NAMED} more`] : [];
      const sum = sumText(basePriority, terms);
      return [time, node, instance, change, sum, [cause.kind, ...held, ...more].join(", ")];
    }
  }
}

const holdingText = ({ address, nodes }: { address: string; nodes: readonly string[] }): string =>
  `${address} on ${nodes.length === 0 ? "nobody" : nodes.join(" and ")}`;

function addressLine(report: AddressReport): string {
  const { address, firstHeldMs, nobodyMs, nobody, severalMs, several, holders } = report;
  if (firstHeldMs === null) return `${address}: nobody ever held it`;
  const parts = [
    `held since ${secondsText(firstHeldMs)}`,
    `nobody for ${spansText(nobodyMs, nobody)}`,
    ...(severalMs > 0 ? [`two holders for ${spansText(severalMs, several)}`] : []),
    holdingText({ address: "in the end", nodes: holders }),
  ];
  return `${address}: ${parts.join(", ")}`;
}

/** `1.61s (5s to 6.61s)`. */
function spansText(totalMs: number, spans: readonly Span[]): string {
  const shown = spans.slice(0, MOST_NAMED).map(({ fromMs, toMs }) => {
    return `${secondsText(fromMs)} to ${secondsText(toMs)}`;
  });
  const more = spans.length > MOST_NAMED ? [`and ${spans.length - MOST_NAMED} more`] : [];
  const list = [...shown, ...more].join("; ");
  return `${msText(totalMs)}${list === "" ? "" : ` (${list})`}`;
}

function moveText({ outcome, from, to }: VerdictFinding): string {
  const [was, is] = [from, to].map((nodes) => nodes.join(" and ") || "nobody");
  if (outcome === "no-master") return `${was} -> nobody`;
  if (outcome === "split") return `${is} are MASTER`;
  return was === is ? `${is} stays MASTER` : `${was} -> ${is}`;
}

/** What lasts when the simulation stops has no length of its own. */
const lengthText = (ms: number, isLasting: boolean): string =>
  isLasting ? "to the end" : msText(ms);

const msText = (ms: number): string => `${Math.round(ms)}ms`;

/** Without a MASTER all are lost, which needs no words. */
const lostText = ({ outcome, lost }: VerdictFinding): string[] =>
  outcome === "no-master" || lost.length === 0 ? [] : [`no client reaches ${namesText(lost)}`];

/** Names the first of many. */
function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more` : names.join(", ");
}

/** Seconds of virtual time, however late: they are what `--at` takes. */
const secondsText = (ms: number): string => `${(ms / 1000).toFixed(3).replace(/0{1,2}$/, "")}s`;

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  failover: "FAILOVER",
  "no-failover": "NO FAILOVER",
  failback: "FAILBACK",
  "no-change": "NO CHANGE",
  flapping: "FLAPPING",
  "no-master": "NO MASTER",
  split: "SPLIT BRAIN",
};
const TIMELINE_HEAD = ["time", "node", "of", "state", "priority", "what"];
const FAILURE_HEAD = ["failure", "instances", "outcome", "MASTER", "nobody", "two", "why"];
const MOST_NAMED = 3;
