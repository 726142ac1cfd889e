/** The services of journals, each with what every node knew of it. */
import type { JournalRecord, JournalService } from "./journal-record.ts";
import { placeMoments } from "./journal-time.ts";
import { ServiceView, type ViewSpan } from "./service-view.ts";

export interface ServiceViews {
  readonly service: JournalService; // as it was named last
  readonly spans: readonly ViewSpan[];
}

/** One journal, read. */
export interface JournalViews {
  readonly fromMs: number; // milliseconds since 1970
  readonly untilMs: number;
  readonly isLive: boolean; // its last record is not that of an end
  readonly host: string | null; // as the node was called last
  readonly services: readonly ServiceViews[];
}

/** @returns undefined where it has no record */
export function viewsOf(records: readonly JournalRecord[]): JournalViews | undefined {
  const placed = placeMoments(records.map(({ moment }) => moment));
  const [fromMs, untilMs] = [placed[0], placed.at(-1)];
  if (fromMs === undefined || untilMs === undefined) return undefined;
  const services = new Map<string, { service: JournalService; view: ServiceView }>();
  let host: string | null = null;
  let before: JournalRecord | undefined;
  let beforeMs = fromMs;
  for (const [n, record] of records.entries()) {
    const { news, moment } = record;
    const atMs = placed[n] as number;
    if (news.type === "start") host = news.host ?? host;
    const isRestart = news.type === "start" || before?.moment.bootId !== moment.bootId;
    for (const { view } of isRestart ? services.values() : []) view.note(DIED, beforeMs);
    if (news.type === "transition" || news.type === "standing") {
      const { service } = news;
      const known = services.get(service.instance);
      if (known === undefined)
        services.set(service.instance, { service, view: new ServiceView(fromMs) });
      else known.service = service;
    }
    const named = "service" in news ? news.service.instance : undefined;
    const name = named ?? ("instance" in news ? news.instance : undefined);
    const concerned = name === undefined ? services.values() : [services.get(name)];
    for (const one of concerned) one?.view.note(news, atMs);
    [before, beforeMs] = [record, atMs];
  }
  return {
    fromMs,
    untilMs,
    isLive: records.at(-1)?.news.type !== "stop",
    host,
    services: Array.from(services.values(), ({ service, view }) => ({
      service,
      spans: view.end(untilMs),
    })),
  };
}

/**
 * Until when all nodes that live have told: one that has given no sign of life for longer than it takes to
 * give one does not.
 */
export function toldUntilMs(journals: readonly JournalViews[], signEachMs: number): number {
  const latestMs = Math.max(...journals.map(({ untilMs }) => untilMs));
  const living = journals.filter(
    ({ isLive, untilMs }) => isLive && latestMs - untilMs <= 2 * signEachMs,
  );
  return Math.min(latestMs, ...living.map(({ untilMs }) => untilMs));
}

/** One service, in the journals of all nodes that have it; `undefined` for the others. */
export interface SharedService {
  readonly service: JournalService; // of the first that has it
  readonly nodes: readonly (ServiceViews | undefined)[]; // in the order of the journals
}

/** The same VRID and an address in common: instances may have other names on other nodes. */
export function sharedServices(journals: readonly JournalViews[]): SharedService[] {
  const shared: { service: JournalService; nodes: (ServiceViews | undefined)[] }[] = [];
  for (const [n, { services }] of journals.entries()) {
    for (const one of services) {
      const same = shared.find(
        ({ service, nodes }) => nodes[n] === undefined && isSame(service, one.service),
      );
      const nodes = same?.nodes ?? journals.map(() => undefined as ServiceViews | undefined);
      nodes[n] = one;
      if (same === undefined) shared.push({ service: one.service, nodes });
    }
  }
  return shared;
}

const isSame = (one: JournalService, other: JournalService): boolean =>
  one.family === other.family &&
  one.vrid === other.vrid &&
  one.vips.some((vip) => other.vips.includes(vip));

/** A process that left no word of its end. */
const DIED = { type: "stop" } as const;
