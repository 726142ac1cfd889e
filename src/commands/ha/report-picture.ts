/** Who served when, from journals, as a timeline to be drawn. */
import type { Report, ReportedService } from "../../app/ha/report.ts";
import type { Lane, MasterStretch, Stretch, Timeline } from "../../app/sniff/timeline.ts";
import { percentText } from "./report-text.ts";

export function timelineOf({ record, fromMs, untilMs, services }: Report): Timeline {
  const window = { fromMs, untilMs };
  return {
    ...window,
    routers: services.map((service, n) => {
      const { instance = "", vips = [], availability = null } = record.services[n] ?? {};
      const percent = availability === null ? "nothing is known" : percentText(availability);
      const title = `${instance}  ${vips.join(", ")}  ${percent}`;
      return { title, lanes: lanesOf(service, window), gaps: service.outages, leftOut: 0 };
    }),
  };
}

/** A lane for each node of a journal, and for each address that one alone has heard. */
function lanesOf({ nodes }: ReportedService, window: Stretch): Lane[] {
  const lanes = new Map<string, Stretch[]>(nodes.map(({ name }) => [name, []]));
  for (const { name, spans } of nodes) {
    for (const span of spans) {
      const isHeard = span.view === "elsewhere" && nodes.length === 1;
      if (span.view !== "here" && !isHeard) continue;
      const fromMs = Math.max(span.fromMs, window.fromMs);
      const untilMs = Math.min(span.untilMs, window.untilMs);
      const source = isHeard ? (span.master ?? "") : name;
      const lane = lanes.get(source) ?? [];
      lanes.set(source, lane);
      if (fromMs < untilMs) lane.push({ fromMs, untilMs });
    }
  }
  let earlier: readonly Stretch[] = [];
  return Array.from(lanes, ([source, own]) => {
    const stretches = besides(own, earlier);
    earlier = [...earlier, ...own].sort((a, b) => a.fromMs - b.fromMs);
    return { source, stretches, marks: [] };
  });
}

/** Those parts in which another was master too are a second one. @param others in order of their begin */
function besides(own: readonly Stretch[], others: readonly Stretch[]): MasterStretch[] {
  const parts: MasterStretch[] = [];
  let first = 0; // of the others that has not ended
  for (const { fromMs, untilMs } of own) {
    while ((others[first]?.untilMs ?? Number.POSITIVE_INFINITY) <= fromMs) first += 1;
    let atMs = fromMs;
    for (let n = first; (others[n]?.fromMs ?? untilMs) < untilMs; n++) {
      const other = others[n] as Stretch;
      const [from, until] = [Math.max(other.fromMs, atMs), Math.min(other.untilMs, untilMs)];
      if (from >= until) continue;
      if (from > atMs) parts.push({ fromMs: atMs, untilMs: from, second: false });
      parts.push({ fromMs: from, untilMs: until, second: true });
      atMs = until;
    }
    if (atMs < untilMs) parts.push({ fromMs: atMs, untilMs, second: false });
  }
  return parts;
}
