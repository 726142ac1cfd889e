/** What a running `ha up` shows over HTTP: which path has what. */
import { SystemError } from "../../../core/errors.ts";
import { formatJson } from "../../../core/json.ts";
import type { Ports, WebAnswer, WebFeed, WebRequest } from "../../../io/ports.ts";
import {
  askHaHistory,
  askHaStatus,
  askTallies,
  followHaEvents,
  type TalliesRecord,
} from "../ask.ts";
import { journalPath } from "../up/parent/availability-journal.ts";
import type { HaHistoryRecord } from "../up/parent/past.ts";
import type { HaStatusRecord } from "../up/parent/status.ts";
import { type EarlierState, earlierStates } from "./earlier.ts";
import { flawsOf } from "./health.ts";
import { keepalivedMetrics } from "./keepalived-metrics.ts";
import { Live } from "./live.ts";
import { nativeMetrics } from "./native-metrics.ts";
import { Recent } from "./recent.ts";
import { serverMetrics } from "./server-metrics.ts";
import type { HaView, Pages } from "./view.ts";

export interface SiteOptions {
  readonly socket: string; // by which ha up is asked
  readonly stateDirectory: string; // where it keeps its journal
  readonly silentMs: number; // for which one of its processes may be silent
  /** Whether metrics have the names of exporters for keepalived, too. */
  readonly isCompatible: boolean;
  readonly pages: Pages | undefined; // for people, where they are wanted
}

type Outside = Pick<
  Ports,
  "clock" | "control" | "files" | "exposeMetrics" | "contentHash" | "readSysctl"
>;
type Answer = Promise<WebAnswer | WebFeed>;

export class Site {
  readonly #options: SiteOptions;
  readonly #ports: Outside;
  readonly #status: Recent<HaStatusRecord>;
  readonly #tallies: Recent<TalliesRecord>;
  #earlier: Promise<readonly EarlierState[]> = Promise.resolve([]);
  readonly #history: Recent<readonly HaHistoryRecord[]>;
  readonly #paths: Readonly<Record<string, () => Answer>>;

  constructor(options: SiteOptions, ports: Outside) {
    const { clock } = ports;
    const { socket } = options;
    this.#options = options;
    this.#ports = ports;
    this.#status = new Recent(clock, FRESH_MS, () => askHaStatus(socket, ports, PATIENCE_MS));
    this.#tallies = new Recent(clock, FRESH_MS, () => askTallies(socket, ports));
    this.#history = new Recent(
      clock,
      FRESH_MS,
      async () => (await askHaHistory(socket, MOST, ports)).transitions,
    );
    this.#paths = {
      "/": async () => plain(200, Object.keys(this.#paths).slice(1).join("\n")),
      "/metrics": () => this.#metrics(),
      "/status": async () => ({
        status: 200,
        type: "application/json",
        body: `${formatJson(await this.#status.get())}\n`,
      }),
      "/healthz": () => this.#health(),
      ...(options.pages === undefined ? {} : this.#forPeople(options.pages)),
    };
  }

  async answer({ path }: WebRequest): Answer {
    const page = Object.hasOwn(this.#paths, path) ? this.#paths[path] : undefined;
    if (page === undefined) return plain(404, "there is no such page");
    try {
      return await page();
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      return plain(503, error.message);
    }
  }

  #forPeople(pages: Pages): Record<string, () => Answer> {
    const { clock, control, contentHash, files } = this.#ports;
    const { socket, stateDirectory } = this.#options;
    const fromMs = clock.wallMs() - DAY_MS;
    const path = journalPath(stateDirectory, socket);
    this.#earlier = earlierStates(path, fromMs, files, new AbortController().signal);
    const policy = policyOf(contentHash(pages.script), contentHash(pages.style));
    let transitions: readonly HaHistoryRecord[] = [];
    const live = new Live(
      {
        look: async (isNew) => {
          if (isNew) transitions = await this.#history.get();
          return pages.parts(await this.#view(transitions));
        },
        follow: (onEvent, signal) => followHaEvents(socket, onEvent, signal, { control }),
      },
      clock,
    );
    return {
      "/": async () => ({
        status: 200,
        type: "text/html; charset=utf-8",
        body: pages.page(await this.#view(await this.#history.get())),
        headers: { "Content-Security-Policy": policy },
      }),
      "/live": async () => ({ onOpen: (client) => live.join(client) }),
    };
  }

  async #view(transitions: readonly HaHistoryRecord[]): Promise<HaView> {
    const host = this.#ports.readSysctl("kernel/hostname")?.trim() ?? "this host";
    const status = await this.#status.get();
    const earlier = await this.#earlier;
    return { host, wallMs: this.#ports.clock.wallMs(), status, transitions, earlier };
  }

  async #metrics(): Answer {
    const [status, tallies] = await Promise.all([this.#status.get(), this.#tallies.get()]);
    const families = [...nativeMetrics(status, tallies), ...serverMetrics(status.services ?? [])];
    const more = this.#options.isCompatible ? keepalivedMetrics(status) : [];
    return { status: 200, ...(await this.#ports.exposeMetrics([...families, ...more])) };
  }

  async #health(): Answer {
    const flaws = flawsOf(await this.#status.get(), this.#options.silentMs);
    return flaws.length === 0 ? plain(200, "ok") : plain(503, flaws.join("\n"));
  }
}

const plain = (status: number, text: string): WebAnswer => ({
  status,
  type: "text/plain; charset=utf-8",
  body: `${text}\n`,
});

/** Its own script and style alone, nothing from elsewhere, in no frame. */
const policyOf = (script: string, style: string): string =>
  [
    "default-src 'none'",
    `script-src '${script}'`,
    `style-src '${style}'`,
    "img-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const DAY_MS = 86_400_000;
const MOST = 1024; // transitions
/** A thousand routers on a host that is busy are not told of in a moment, and a scrape has time. */
const PATIENCE_MS = 4000;
/** However many ask, the routers are asked no more often. */
const FRESH_MS = 250;
