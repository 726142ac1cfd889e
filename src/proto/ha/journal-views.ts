/** The services of journals, each with what every node knew of it. */
import type { JournalNews, JournalRecord, JournalService } from "./journal-record.ts";
import { placeMoments } from "./journal-time.ts";
import { ServerView } from "./server-view.ts";
import { ServiceView, type ViewSpan } from "./service-view.ts";

export interface ServiceViews {
  readonly service: JournalService; // as it was named last
  readonly spans: readonly ViewSpan[];
}

/** A virtual server, which each node checks for itself. */
export interface ServerViews {
  readonly server: string;
  readonly spans: readonly ViewSpan[];
}

/** One journal, read. */
export interface JournalViews {
  readonly fromMs: number; // milliseconds since 1970
  readonly untilMs: number;
  readonly isLive: boolean; // its last record is not that of an end
  readonly host: string | null; // as the node was called last
  readonly services: readonly ServiceViews[];
  readonly servers: readonly ServerViews[];
}

/** @returns undefined where it has no record */
export function viewsOf(records: readonly JournalRecord[]): JournalViews | undefined {
  const placed = placeMoments(records.map(({ moment }) => moment));
  const [fromMs, untilMs] = [placed[0], placed.at(-1)];
  if (fromMs === undefined || untilMs === undefined) return undefined;
  const services = new Map<string, { service: JournalService; view: ServiceView }>();
  const servers = new Map<string, ServerView>();
  let host: string | null = null;
  let before: JournalRecord | undefined;
  let beforeMs = fromMs;
  for (const [n, record] of records.entries()) {
    const { news, moment } = record;
    const atMs = placed[n] as number;
    if (news.type === "start") host = news.host ?? host;
    const isRestart = news.type === "start" || before?.moment.bootId !== moment.bootId;
    for (const view of isRestart ? viewsIn(services, servers) : []) view.note(DIED, beforeMs);
    if (news.type === "transition" || news.type === "standing") {
      const { service } = news;
      const known = services.get(service.instance);
      if (known === undefined)
        services.set(service.instance, { service, view: new ServiceView(fromMs) });
      else known.service = service;
    }
    if ("server" in news && !servers.has(news.server))
      servers.set(news.server, new ServerView(fromMs));
    for (const view of concernedBy(news, services, servers)) view?.note(news, atMs);
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
    servers: Array.from(servers, ([server, view]) => ({ server, spans: view.end(untilMs) })),
  };
}

type Routers = ReadonlyMap<string, { readonly view: ServiceView }>;
type Servers = ReadonlyMap<string, ServerView>;

const viewsIn = (routers: Routers, servers: Servers): (ServiceView | ServerView)[] => [
  ...Array.from(routers.values(), ({ view }) => view),
  ...servers.values(),
];

/** What names none of them is for all. */
function concernedBy(
  news: JournalNews,
  routers: Routers,
  servers: Servers,
): readonly (ServiceView | ServerView | undefined)[] {
  if ("server" in news) return [servers.get(news.server)];
  if ("service" in news) return [routers.get(news.service.instance)?.view];
  if ("instance" in news) return [routers.get(news.instance)?.view];
  return viewsIn(routers, servers);
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
