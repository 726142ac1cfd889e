/** Where a web service is asked: http and https URLs (RFC 9110 section 4.2, parsed as browsers do). */
import { formatIp, parseIp } from "../../core/addr.ts";
import type { PortTarget } from "./targets.ts";

export interface HttpUrl extends PortTarget {
  readonly scheme: "http" | "https";
  readonly authority: string; // host, and port where it is not the scheme's own
  readonly path: string; // begins with a slash; with the query
}

/** @returns it, or why the text is none */
export function parseHttpUrl(text: string): HttpUrl | string {
  return SCHEME.test(text) ? urlOf(text) : "is no URL: write http://HOST/PATH or https://HOST/PATH";
}

/** `http://192.0.2.5:8080/health`. */
export const formatHttpUrl = ({ scheme, authority, path }: HttpUrl): string =>
  `${scheme}://${authority}${path}`;

/** Where a redirect leads. @param location as the server wrote it */
export const followHttpUrl = (from: HttpUrl, location: string): HttpUrl | string =>
  urlOf(location, formatHttpUrl(from));

/** Whether both are the same service: what is secret may go there too (RFC 6454 section 4). */
export const isSameOrigin = (a: HttpUrl, b: HttpUrl): boolean =>
  a.scheme === b.scheme && a.host === b.host && a.port === b.port;

function urlOf(text: string, base?: string): HttpUrl | string {
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters`;
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    return "is no URL";
  }
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== "http" && scheme !== "https") return "is neither http nor https";
  if (url.username !== "" || url.password !== "")
    return "has a user in it, which ps would show: give it with --user-file";
  const bare = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const ip = parseIp(bare) ?? null;
  const port = url.port === "" ? DEFAULT_PORTS[scheme] : Number(url.port);
  if (port === 0) return "has the port 0, which is not within 1..65535";
  return {
    scheme,
    host: ip === null ? bare : formatIp(ip),
    ip,
    port,
    authority: url.host,
    path: `${url.pathname}${url.search}`,
  };
}

const SCHEME = /^https?:\/\/[^/]/i;
const DEFAULT_PORTS = { http: 80, https: 443 } as const;
const LONGEST = 8192;
