/** The `requestHttp` port: one request over one connection, HTTP/1.0 and 1.1 (RFC 9112) by Node's own parser. */
import { type ClientRequest, type IncomingMessage, request as startRequest } from "node:http";
import { SystemError } from "../core/errors.ts";
import type { HttpRequest } from "../core/http.ts";
import { ByteDuplex } from "./byte-duplex.ts";
import { failure } from "./failure.ts";
import { readHttpBody } from "./http-body.ts";
import type { HttpExchange, Ports } from "./ports.ts";

export const requestHttp: Ports["requestHttp"] = async (stream, request, signal) => {
  if (request.version !== "2") return await requestHttp1(stream, request, signal);
  return await (await import("./http2-request.ts")).requestHttp2(stream, request, signal);
};

const requestHttp1: Ports["requestHttp"] = (stream, wanted, signal) =>
  new Promise((resolve, reject) => {
    const duplex = new ByteDuplex(stream, wanted.version === "1.0" ? asHttp10 : undefined);
    const { authority, method, path, headers } = wanted;
    const request = startRequest({
      createConnection: () => duplex,
      host: "unused", // the connection is there
      method,
      path,
      headers: headerOf(wanted, headers, authority),
      maxHeaderSize: MOST_HEADER_BYTES,
    });
    const abort = (): void => fail(signal.reason);
    const settle = (): void => signal.removeEventListener("abort", abort);
    const fail = (error: unknown): void => {
      settle();
      request.destroy();
      duplex.destroy();
      reject(error);
    };
    let broken: Error | undefined;
    request.on("error", (error) => {
      broken = error; // once the answer is there its body tells it
      fail(signal.aborted ? signal.reason : told(error, duplex));
    });
    request.on("response", (message) => {
      settle();
      resolve(exchange(message, request, duplex, () => broken));
    });
    const onTakenOver = (message: IncomingMessage): void => {
      settle();
      message.push(null); // what follows is no HTTP
      resolve(exchange(message, request, duplex, () => broken));
    };
    request.on("upgrade", onTakenOver);
    request.on("connect", onTakenOver);
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    else request.end(wanted.body ?? undefined);
  });

/** What the user names comes last, and so counts. */
function headerOf(
  { body, method }: HttpRequest,
  headers: HttpRequest["headers"],
  authority: string,
): Record<string, string | string[]> {
  const table: Record<string, string | string[]> = { host: authority, connection: "close" };
  if (body !== null) table["content-length"] = `${body.length}`;
  else if (method === "POST" || method === "PUT" || method === "PATCH")
    table["content-length"] = "0";
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = SINGLE.has(key) ? undefined : table[key];
    table[key] = before === undefined ? value : [before, value].flat();
  }
  return table;
}

function exchange(
  message: IncomingMessage,
  request: ClientRequest,
  duplex: ByteDuplex,
  why: () => Error | undefined,
): HttpExchange {
  const { statusCode: status = 0, statusMessage: reason = "", httpVersion: version } = message;
  /** Of the body Node only says that it was cut off. */
  const tellError = (error: Error): SystemError => {
    const broken = told(why() ?? error, duplex);
    const isCut = broken.code === "ECONNRESET" || broken.code === "no-answer";
    return isCut ? cutOff() : broken;
  };
  return {
    status,
    reason,
    version,
    location: message.headers.location,
    async readBody(wanted, signal) {
      const body = await readHttpBody(message, wanted, tellError, signal);
      duplex.isPolite = !body.isCut;
      return body;
    },
    close() {
      message.on("error", () => {});
      request.destroy();
      duplex.destroy();
    },
  };
}

const cutOff = () =>
  new SystemError("read", "the body", "cut-off", "the connection ended within it");

/** The error as the port promises it. */
function told(error: Error, duplex: ByteDuplex): SystemError {
  if (error instanceof SystemError) return error;
  const { code = "EIO" } = error as NodeJS.ErrnoException;
  if (code === "ECONNRESET" && duplex.hasEnded)
    return new SystemError("read", "the answer", "no-answer", "the connection was closed");
  if (!code.includes("_")) return failure("read", "the answer", error);
  return new SystemError("read", "the answer", code, wordsOf(error), { cause: error });
}

/** `Parse Error: Expected HTTP/` without its first words. */
const wordsOf = ({ message }: Error): string => message.replace(/^Parse Error: /, "");

/** Node writes `HTTP/1.1` whatever is asked for. */
function asHttp10(first: Uint8Array): Uint8Array {
  const end = first.indexOf(0x0a);
  const line = new TextDecoder("latin1").decode(first.subarray(0, end));
  const bytes = first.slice();
  if (line.endsWith(" HTTP/1.1\r")) bytes[end - 2] = 0x30;
  return bytes;
}

const MOST_HEADER_BYTES = 65_536;
const SINGLE: ReadonlySet<string> = new Set(["host", "connection", "user-agent", "accept"]);
