/** A simulated cluster as JSON: keys in snake case with their units, times of the simulation. */
import type { Span } from "../../app/ha/simulate/holders.ts";
import type { AddressReport, SimulationResult } from "../../app/ha/simulate/simulation.ts";
import type { StartSplit } from "../../app/ha/simulate/start.ts";
import type { TimelineEntry } from "../../app/ha/simulate/timeline.ts";
import type { Verdict, VerdictFinding } from "../../app/ha/simulate/verdict.ts";
import { causeRecord } from "../../app/vrrp/event-record.ts";

export const simulationRecord = (result: SimulationResult) => ({
  until_ms: result.untilMs,
  timeline: result.timeline.map(entryRecord),
  timeline_left_out: result.timelineLeftOut,
  addresses: result.addresses.map(addressRecord),
  verdicts: result.verdicts.map(verdictRecord),
});

/** Of one event; also the record of one failure that was tried. */
const verdictRecord = ({ atMs, event, idle, findings }: Verdict) => ({
  at_ms: rounded(atMs),
  event,
  idle,
  findings: findings.map(findingRecord),
});

/** @param lost how many are not survived; null: none was tried */
export const triedRecord = (
  verdicts: readonly Verdict[],
  lost: number | null,
  splits: readonly StartSplit[],
) => ({
  failures: verdicts.map(verdictRecord),
  not_survived: lost,
  split_at_start: splits.map(splitRecord),
});

export const splitRecord = ({ instances, masters, reason }: StartSplit) => ({
  instances,
  masters,
  reason: reason === "" ? null : reason,
});

function findingRecord(finding: VerdictFinding) {
  const { outcome, instances, from, to, afterMs, nobodyMs, severalMs, reason, lost } = finding;
  const { takeovers } = finding;
  return {
    outcome,
    instances,
    from,
    to,
    after_ms: afterMs === null ? null : rounded(afterMs),
    nobody_ms: rounded(nobodyMs),
    several_ms: rounded(severalMs),
    takeovers,
    lost,
    several_last: finding.severalLast,
    reason: reason === "" ? null : reason,
  };
}

function entryRecord(entry: TimelineEntry) {
  const head = { at_ms: rounded(entry.atMs), type: entry.kind };
  switch (entry.kind) {
    case "event":
      return { ...head, event: entry.words };
    case "tracked":
      return { ...head, node: entry.node, name: entry.name, state: entry.state };
    case "priority":
      return { ...head, ...standingRecord(entry), former_priority: entry.formerPriority };
    case "state": {
      const { from, cause, holders } = entry;
      return { ...head, ...standingRecord(entry), from, cause: causeRecord(cause), holders };
    }
  }
}

const standingRecord = (entry: Extract<TimelineEntry, { kind: "state" | "priority" }>) => ({
  node: entry.node,
  instance: entry.instance,
  state: entry.state,
  priority: entry.priority,
  configured_priority: entry.basePriority,
  terms: entry.terms,
});

const addressRecord = (report: AddressReport) => ({
  address: report.address,
  first_held_ms: report.firstHeldMs === null ? null : rounded(report.firstHeldMs),
  nobody_ms: rounded(report.nobodyMs),
  nobody: report.nobody.map(spanRecord),
  several_ms: rounded(report.severalMs),
  several: report.several.map(spanRecord),
  holders: report.holders,
});

const spanRecord = ({ fromMs, toMs }: Span) => ({ from_ms: rounded(fromMs), to_ms: rounded(toMs) });

/** To the microsecond. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
