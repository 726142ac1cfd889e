/** What the program asks of the outside to be looked at over HTTP: a part of `ports.ts`. */
import type { Endpoint } from "./net-ports.ts";
import type { Closable } from "./ports.ts";

/** A GET, or a HEAD, whose answer has no body. */
export interface WebRequest {
  readonly path: string; // without a query
}

export interface WebAnswer {
  readonly status: number;
  readonly type: string; // of its content
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Server-sent events (HTML, section 9.2) for one client, as long as it stays. */
export interface WebFeed {
  readonly onOpen: (client: WebClient) => void;
}

export interface WebClient {
  /** Never waits: who does not read for long is cut off. */
  send(event: string, data: string): void;
  /** Called once, when it has gone. */
  onGone(run: () => void): void;
}

export type OnWebRequest = (request: WebRequest) => Promise<WebAnswer | WebFeed>;

/** What Prometheus is told: one name with all its series. */
export type MetricFamily = {
  readonly name: string;
  readonly help: string;
} & (
  | { readonly type: "counter" | "gauge"; readonly samples: readonly MetricSample[] }
  | { readonly type: "histogram"; readonly samples: readonly HistogramSample[] }
);

export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface HistogramSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly bounds: readonly number[]; // upper ones, rising
  readonly counts: readonly number[]; // of each alone, and one more for what is above all
  readonly sum: number;
}

export interface WebPorts {
  /** Whether it could be listened there now. @throws SystemError, `EADDRINUSE` where another process does */
  tryPort(at: Endpoint): Promise<void>;
  /** Bounded in clients, sizes and times; other methods than GET and HEAD are refused. @throws SystemError */
  serveWeb(at: Endpoint, onRequest: OnWebRequest): Promise<Closable>;
  /** In the text format of Prometheus. */
  exposeMetrics(families: readonly MetricFamily[]): Promise<Pick<WebAnswer, "type" | "body">>;
  /** `sha256-...`, for a Content-Security-Policy. */
  contentHash(text: string): string;
}
