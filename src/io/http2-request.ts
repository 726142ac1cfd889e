/** One request of HTTP/2 (RFC 9113) over one connection, prior knowledge or behind ALPN. */
import { STATUS_CODES } from "node:http";
import { type ClientHttp2Stream, connect } from "node:http2";
import { SystemError } from "../core/errors.ts";
import type { HttpRequest } from "../core/http.ts";
import { ByteDuplex } from "./byte-duplex.ts";
import { readHttpBody } from "./http-body.ts";
import type { Ports } from "./ports.ts";

export const requestHttp2: Ports["requestHttp"] = (stream, wanted, signal) =>
  new Promise((resolve, reject) => {
    const duplex = new ByteDuplex(stream);
    const session = connect(`${wanted.scheme}://unused`, {
      createConnection: () => duplex,
      settings: { enablePush: false, maxHeaderListSize: MOST_HEADER_BYTES },
      maxSessionMemory: MOST_MEMORY_MB,
    });
    const close = (): void => {
      signal.removeEventListener("abort", abort);
      session.destroy();
      duplex.destroy();
    };
    let hasAnswer = false; // from then on the body tells what goes wrong
    const fail = (error: unknown): void => {
      if (hasAnswer) return;
      close();
      reject(signal.aborted ? signal.reason : error);
    };
    const abort = (): void => fail(signal.reason);
    signal.addEventListener("abort", abort);
    if (signal.aborted) {
      abort();
      return;
    }
    session.on("error", (error) => fail(told(error)));
    session.on("close", () => fail(NO_ANSWER()));
    const { body } = wanted;
    let request: ClientHttp2Stream;
    try {
      request = session.request(headersOf(wanted), { endStream: body === null });
    } catch (error) {
      const { message } = error as Error; // a header of the user's that HTTP/2 cannot have so
      fail(new SystemError("send", "the request", "bad-request", message, { cause: error }));
      return;
    }
    request.on("error", (error) => fail(told(error)));
    request.on("close", () => fail(NO_ANSWER()));
    if (body !== null) request.end(body);
    request.on("response", (headers) => {
      hasAnswer = true;
      signal.removeEventListener("abort", abort);
      const status = headers[":status"] ?? 0;
      resolve({
        status,
        reason: STATUS_CODES[status] ?? "", // HTTP/2 sends no words
        version: "2",
        location: headers.location,
        async readBody(limits, bodySignal) {
          const answer = await readHttpBody(request, limits, told, bodySignal);
          duplex.isPolite = !answer.isCut;
          return answer;
        },
        close,
      });
    });
  });

function headersOf({ scheme, authority, method, path, headers, body }: HttpRequest) {
  const table: Record<string, string | string[]> = {
    ":method": method,
    ":scheme": scheme,
    ":authority": authority,
    ":path": path,
  };
  if (body !== null) table["content-length"] = `${body.length}`;
  for (const [name, value] of headers) {
    const key = name.toLowerCase() === "host" ? ":authority" : name.toLowerCase();
    if (OF_CONNECTION.has(key)) continue;
    const before = SINGLE.has(key) ? undefined : table[key];
    table[key] = before === undefined ? value : [before, value].flat();
  }
  return table;
}

const NO_ANSWER = () =>
  new SystemError("read", "the answer", "no-answer", "the connection was closed");

function told(error: Error): SystemError {
  if (error instanceof SystemError) return error;
  const { code = "EIO" } = error as NodeJS.ErrnoException;
  return new SystemError("read", "the answer", code, error.message, { cause: error });
}

const MOST_HEADER_BYTES = 65_536;
const MOST_MEMORY_MB = 4;
/** RFC 9113 section 8.2.2: they have no meaning here, and are refused. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);
const SINGLE: ReadonlySet<string> = new Set([":authority", "user-agent", "accept"]);
