/** The options of `check http` and `check hash` that say what is asked, and of whom. */
import type { HttpPlan } from "../../app/check/http.ts";
import { parseOtherHost } from "../../app/check/http-targets.ts";
import { readWhole } from "../../app/check/read-whole.ts";
import { UsageError } from "../../core/errors.ts";
import type { HttpHeader } from "../../core/http.ts";
import type { Context } from "../define.ts";
import { type ArgsOf, choice, flag, integer, list, refuse, text, value } from "../option.ts";
import { accepted } from "./accepted.ts";
import { byteSize } from "./byte-size.ts";
import { trustOf, trustOptions } from "./tls-options.ts";

export const httpRequestOptions = {
  method: value({ short: "X", value: "METHOD", describe: "GET, or POST with a body" }, methodName),
  header: list({ short: "H", value: "NAME:VALUE", describe: "Header to send" }, headerLine),
  body: text({ describe: "Body to send" }),
  "body-file": text({
    value: "FILE",
    complete: "file",
    describe: "The same from a file; - is standard input",
  }),
  user: text({
    value: "NAME:PASSWORD",
    secret: true,
    describe: "Basic authentication; prefer --user-file, for ps shows this one at the start",
  }),
  "user-file": text({
    value: "FILE",
    complete: "file",
    describe: "The same from the first line of a file",
  }),
  bearer: text({ value: "TOKEN", secret: true, describe: "Bearer token; prefer --bearer-file" }),
  "bearer-file": text({
    value: "FILE",
    complete: "file",
    describe: "The same from the first line of a file",
  }),
  "insecure-key": flag({ describe: "Read a user or token file that others can read" }),
  http: choice(["1.0", "1.1", "2"], { default: "1.1", describe: "Version of HTTP" }),
  follow: integer({
    value: "N",
    min: 0,
    max: 50,
    default: "0",
    describe: "Redirects to follow at most",
  }),
  "connect-to": value(
    { value: "ADDR[:PORT]", describe: "Ask this host instead of the URL's" },
    (given) => accepted(parseOtherHost(given)),
  ),
  first: flag({ describe: "Of a name's addresses ask the first alone" }),
  ...trustOptions,
  limit: value({ value: "SIZE", default: "64M", describe: "Longest body that is read" }, byteSize),
};

type RequestArgs = ArgsOf<typeof httpRequestOptions>;
type RequestPart =
  | "version"
  | "method"
  | "headers"
  | "authorization"
  | "body"
  | "connectTo"
  | "tls"
  | "follow"
  | "firstOnly"
  | "limitBytes";

/** @throws UsageError, SystemError */
export async function httpRequestOf(
  args: RequestArgs,
  ctx: Pick<Context, "ports" | "signal">,
): Promise<Pick<HttpPlan, RequestPart>> {
  const { ports, signal } = ctx;
  const { "body-file": bodyFile } = args;
  if (args.body !== undefined && bodyFile !== undefined)
    throw new UsageError("--body and --body-file: only one can be sent");
  const body =
    bodyFile === undefined
      ? (args.body ?? null)
      : await readWhole(bodyFile, MOST_BODY_BYTES, ports.files, signal);
  return {
    version: args.http,
    method: args.method ?? (body === null ? "GET" : "POST"),
    headers: args.header,
    authorization: await authorization(args, ports),
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
    connectTo: args["connect-to"] ?? null,
    tls: await trustOf(args, ctx),
    follow: args.follow,
    firstOnly: args.first,
    limitBytes: args.limit,
  };
}

async function authorization(args: RequestArgs, ports: Context["ports"]): Promise<string | null> {
  const { user, bearer, "user-file": userFile, "bearer-file": bearerFile } = args;
  if ([user, bearer, userFile, bearerFile].every((each) => each === undefined)) return null;
  const { authorizationOf } = await import("../../app/check/http-secrets.ts"); // seldom needed
  const insecure = args["insecure-key"];
  return authorizationOf({ user, userFile, bearer, bearerFile, insecure }, ports);
}

function methodName(given: string): string {
  if (!TOKEN.test(given)) refuse("is no method such as GET");
  if (given.toUpperCase() === "CONNECT") refuse("makes a tunnel, and asks for nothing");
  return given;
}

function headerLine(given: string): HttpHeader {
  const colon = given.indexOf(":");
  const [name, value] = [given.slice(0, colon), given.slice(colon + 1).trim()];
  if (colon < 1 || !TOKEN.test(name)) refuse("is no header: write NAME:VALUE");
  if (!VALUE.test(value)) refuse("has characters that no header can have");
  if (FRAMING.has(name.toLowerCase())) refuse("follows from the body, and cannot be given");
  return [name, value];
}

/** RFC 9110 sections 5.6.2 and 5.5. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]{0,8192}$/;
const FRAMING: ReadonlySet<string> = new Set(["content-length", "transfer-encoding"]);
const MOST_BODY_BYTES = 16 << 20;
