/** What a running `ha up` shows over HTTP: which path has what. */
import { SystemError } from "../../../core/errors.ts";
import { formatJson } from "../../../core/json.ts";
import type { Ports, WebAnswer, WebFeed, WebRequest } from "../../../io/ports.ts";
import { askHaStatus, askTallies, type TalliesRecord } from "../ask.ts";
import type { HaStatusRecord } from "../up/status.ts";
import { flawsOf } from "./health.ts";
import { keepalivedMetrics } from "./keepalived-metrics.ts";
import { nativeMetrics } from "./native-metrics.ts";
import { Recent } from "./recent.ts";

export interface SiteOptions {
  readonly socket: string; // by which ha up is asked
  readonly silentMs: number; // for which one of its processes may be silent
  /** Whether metrics have the names of exporters for keepalived, too. */
  readonly isCompatible: boolean;
}

type Outside = Pick<Ports, "clock" | "control" | "exposeMetrics">;
type Answer = Promise<WebAnswer | WebFeed>;

export class Site {
  readonly #options: SiteOptions;
  readonly #ports: Outside;
  readonly #status: Recent<HaStatusRecord>;
  readonly #tallies: Recent<TalliesRecord>;
  readonly #pages: Readonly<Record<string, () => Answer>>;

  constructor(options: SiteOptions, ports: Outside) {
    const { clock } = ports;
    const { socket } = options;
    this.#options = options;
    this.#ports = ports;
    this.#status = new Recent(clock, FRESH_MS, () => askHaStatus(socket, ports));
    this.#tallies = new Recent(clock, FRESH_MS, () => askTallies(socket, ports));
    this.#pages = {
      "/": async () => plain(200, Object.keys(this.#pages).slice(1).join("\n")),
      "/metrics": () => this.#metrics(),
      "/status": async () => ({
        status: 200,
        type: "application/json",
        body: `${formatJson(await this.#status.get())}\n`,
      }),
      "/healthz": () => this.#health(),
    };
  }

  async answer({ path }: WebRequest): Answer {
    const page = Object.hasOwn(this.#pages, path) ? this.#pages[path] : undefined;
    if (page === undefined) return plain(404, "there is no such page");
    try {
      return await page();
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      return plain(503, error.message);
    }
  }

  async #metrics(): Answer {
    const [status, tallies] = await Promise.all([this.#status.get(), this.#tallies.get()]);
    const families = nativeMetrics(status, tallies);
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

/** However many ask, the routers are asked no more often. */
const FRESH_MS = 500;
