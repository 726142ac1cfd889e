/** The availability of services, made of the journals of one node or of several. */
import { UsageError } from "../../core/errors.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import {
  type Availability,
  availabilityOf,
  figuresOf,
  type Outage,
  type TimeWindow,
} from "../../proto/ha/availability.ts";
import type { JournalCause } from "../../proto/ha/journal-record.ts";
import {
  type SharedService,
  sharedServices,
  toldUntilMs,
  viewsOf,
} from "../../proto/ha/journal-views.ts";
import type { ViewSpan } from "../../proto/ha/service-view.ts";
import { ALIVE_MS, readJournal } from "./journal-files.ts";

export interface ReportWish {
  readonly journals: readonly string[]; // paths
  readonly sinceMs: number; // back from now
  readonly class: number; // wanted availability, 0..1
}

/** As `ha report -j` prints it. */
export interface ReportRecord {
  readonly from: string;
  readonly until: string;
  readonly journals: readonly {
    readonly path: string;
    readonly records: number;
    readonly torn_lines: number;
  }[];
  readonly services: readonly ServiceRecord[];
  readonly virtual_servers: readonly VirtualServerRecord[];
}

/** A virtual router. */
export interface ServiceRecord extends AvailabilityRecord {
  readonly instance: string;
  readonly family: string;
  readonly vrid: number;
  readonly vips: readonly string[];
  readonly two_masters_ms: number;
  readonly failovers: number;
}

/** As one node checked it. */
export interface VirtualServerRecord extends AvailabilityRecord {
  readonly service: string;
  readonly host: string;
}

export interface AvailabilityRecord {
  readonly availability: number | null;
  readonly nines: number | null;
  readonly up_ms: number;
  readonly down_ms: number;
  readonly unknown_ms: number;
  readonly mttf_ms: number | null;
  readonly mttr_ms: number | null;
  readonly budget: BudgetRecord;
  readonly outages: readonly OutageRecord[];
}

/** Of the calendar year (UTC) in which the report ends. */
export interface BudgetRecord {
  readonly class: number;
  readonly year: number;
  readonly allowed_ms: number;
  readonly used_ms: number;
  readonly used: number; // a share of it
}

export interface OutageRecord {
  readonly from: string;
  readonly until: string | null; // null: it lasts
  readonly lasted_ms: number;
  readonly cause: JournalCause | null;
}

/** A report, and what a picture of it is drawn from. */
export interface Report {
  readonly record: ReportRecord;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly services: readonly ReportedService[]; // in the order of those of the record
}

export interface ReportedService {
  readonly nodes: readonly { readonly name: string; readonly spans: readonly ViewSpan[] }[];
  readonly outages: readonly Outage[];
}

/** @throws SystemError where a journal cannot be read, UsageError where one has no record */
export async function makeReport(
  wish: ReportWish,
  { files, clock }: Pick<Ports, "files" | "clock">,
  signal: Limit,
): Promise<Report> {
  const read = [];
  for (const path of wish.journals) read.push(await readJournal(path, files, signal));
  const journals = read.map(({ path, records }) => {
    const views = viewsOf(records);
    if (views === undefined) throw new UsageError(`${path} has no record of ha up`);
    return views;
  });
  const untilMs = toldUntilMs(journals, ALIVE_MS);
  const beginMs = Math.min(...journals.map((journal) => journal.fromMs));
  const fromMs = Math.min(Math.max(beginMs, clock.wallMs() - wish.sinceMs), untilMs);
  const nameOf = (n: number): string => journals[n]?.host ?? `${wish.journals[n]}`;
  const virtual_servers = journals.flatMap(({ servers }, n) =>
    servers.map(({ server, spans }): VirtualServerRecord => {
      const is = served([spans], { fromMs, untilMs });
      const budget = budgetRecord(wish.class, [spans], untilMs);
      return { service: server, host: nameOf(n), ...availabilityRecord(is, budget) };
    }),
  );
  const services = sharedServices(journals).map((service) => {
    const nodes = service.nodes.flatMap((node, n) =>
      node === undefined ? [] : { name: nameOf(n), spans: node.spans },
    );
    const spans = nodes.map((node) => node.spans);
    const is = served(spans, { fromMs, untilMs });
    const budget = budgetRecord(wish.class, spans, untilMs);
    return { nodes, outages: is.outages, record: serviceRecord(service, is, budget) };
  });
  return {
    record: {
      from: isoOf(fromMs),
      until: isoOf(untilMs),
      journals: read.map(({ path, records, tornLines }) => ({
        path,
        records: records.length,
        torn_lines: tornLines,
      })),
      services: services.map(({ record }) => record),
      virtual_servers,
    },
    fromMs,
    untilMs,
    services,
  };
}

function serviceRecord(
  { service }: SharedService,
  is: Availability,
  budget: BudgetRecord,
): ServiceRecord {
  const { instance, family, vrid, vips } = service;
  return {
    instance,
    family,
    vrid,
    vips,
    ...availabilityRecord(is, budget),
    two_masters_ms: is.twoMastersMs,
    failovers: is.failovers,
  };
}

function availabilityRecord(is: Availability, budget: BudgetRecord): AvailabilityRecord {
  const { availability, nines, mttfMs, mttrMs } = figuresOf(is);
  return {
    availability,
    nines,
    up_ms: is.upMs,
    down_ms: is.downMs,
    unknown_ms: is.unknownMs,
    mttf_ms: mttfMs,
    mttr_ms: mttrMs,
    budget,
    outages: is.outages.map(({ fromMs, untilMs, isOver, cause }) => ({
      from: isoOf(fromMs),
      until: isOver ? isoOf(untilMs) : null,
      lasted_ms: untilMs - fromMs,
      cause,
    })),
  };
}

const served = (nodes: readonly (readonly ViewSpan[])[], window: TimeWindow): Availability =>
  availabilityOf(nodes, window, nodes.length > 1 ? CLOCK_SKEW_MS : 0);

function budgetRecord(
  wanted: number,
  spans: readonly (readonly ViewSpan[])[],
  untilMs: number,
): BudgetRecord {
  const year = new Date(untilMs).getUTCFullYear();
  const [fromMs, endMs] = [Date.UTC(year), Date.UTC(year + 1)];
  const allowed_ms = (1 - wanted) * (endMs - fromMs);
  const { downMs: used_ms } = served(spans, { fromMs, untilMs });
  return { class: wanted, year, allowed_ms, used_ms, used: used_ms / allowed_ms };
}

/** More than clocks that NTP sets are apart, less than a client notices. */
const CLOCK_SKEW_MS = 50;

const isoOf = (ms: number): string => new Date(ms).toISOString();
