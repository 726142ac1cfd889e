/**
 * An HTTP server for onlookers (node:http): GET and HEAD alone, and no client can hold anything up:
 * headers, clients, waiting times and what waits to be read are bounded.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { formatIp, type IpBytes, parseIp } from "../core/addr.ts";
import { failure } from "./failure.ts";
import type { Endpoint } from "./net-ports.ts";
import type { Closable } from "./ports.ts";
import type { OnWebRequest, WebAnswer, WebFeed } from "./web-ports.ts";

/** @throws SystemError */
export async function serveWeb(at: Endpoint, onRequest: OnWebRequest): Promise<Closable> {
  const feeds = new Set<ServerResponse>();
  const server = createServer(LIMITS, (request, response) => {
    void respond(request, response);
  });
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.on("error", () => {}); // it is gone
    const refusal = refusalOf(request, at.ip);
    const [path = "/"] = (request.url ?? "/").split("?", 1);
    const answer = refusal ?? (await onRequest({ path }));
    if (response.destroyed) return;
    if (!("onOpen" in answer)) tell(response, answer);
    else if (request.method === "HEAD") tell(response, { ...PLAIN, type: EVENTS, status: 200 });
    else if (feeds.size >= MOST_FEEDS) tell(response, BUSY);
    else feed(response, answer, feeds);
  };
  server.maxConnections = MOST_CLIENTS;
  server.timeout = SILENCE_MS;
  await listen(server, at);
  return {
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server, { ip, port }: Endpoint): Promise<void> {
  const host = formatIp(ip);
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => reject(failure("listen", `${host} port ${port}`, error));
    server.once("error", refuse);
    server.listen({ host, port, backlog: MOST_CLIENTS }, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}

function refusalOf(
  { method, headers }: IncomingMessage,
  ip: IpBytes,
): (WebAnswer & { readonly isLast: true }) | undefined {
  if (method !== "GET" && method !== "HEAD") {
    return { ...refused(405, "GET and HEAD alone"), headers: { Allow: "GET, HEAD" } };
  }
  if ((headers["content-length"] ?? "0") !== "0" || headers["transfer-encoding"] !== undefined) {
    return refused(413, "no body is taken");
  }
  // A page of a stranger may give its own name our address, and then read us through a browser here.
  if (isLoopback(ip) && !isOfThisHost(headers.host)) {
    return refused(421, "ask by an address, or localhost");
  }
  return undefined;
}

const refused = (status: number, reason: string): WebAnswer & { readonly isLast: true } => ({
  status,
  type: TEXT,
  body: `${reason}\n`,
  isLast: true,
});

const isLoopback = (ip: IpBytes): boolean =>
  ip.length === 4 ? ip[0] === 127 : formatIp(ip) === "::1";

function isOfThisHost(host: string | undefined): boolean {
  if (host === undefined) return true; // no browser
  const name = host.replace(/:\d*$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || parseIp(name) !== undefined;
}

function tell(response: ServerResponse, answer: WebAnswer & { readonly isLast?: true }): void {
  const { status, type, body, headers = {}, isLast } = answer;
  const bytes = new TextEncoder().encode(body);
  response.writeHead(status, {
    ...SAFE_HEADERS,
    ...(isLast === true ? { Connection: "close" } : {}),
    "Content-Type": type,
    "Content-Length": bytes.length,
    ...headers,
  });
  response.end(bytes);
}

function feed(response: ServerResponse, { onOpen }: WebFeed, feeds: Set<ServerResponse>): void {
  feeds.add(response);
  response.once("close", () => feeds.delete(response));
  response.writeHead(200, { ...SAFE_HEADERS, "Content-Type": EVENTS, "X-Accel-Buffering": "no" });
  response.flushHeaders();
  onOpen({
    send: (event, data) => {
      if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
      else response.write(`event: ${event}\ndata: ${data.replaceAll(/\r\n?|\n/g, "\ndata: ")}\n\n`);
    },
    onGone: (run) => void response.once("close", run),
  });
}

const TEXT = "text/plain; charset=utf-8";
const EVENTS = "text/event-stream";
const PLAIN = { type: TEXT, body: "" };
const BUSY: WebAnswer = { status: 503, type: TEXT, body: "too many look on already\n" };

const SAFE_HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const LIMITS = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 5000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
};
const SILENCE_MS = 30_000; // a feed says something more often
const MOST_CLIENTS = 64;
const MOST_FEEDS = 16;
const MOST_UNREAD_BYTES = 4_194_304; // the page of a thousand routers
