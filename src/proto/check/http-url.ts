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
  if (!SCHEME.test(text)) return "is no URL: write http://HOST/PATH or https://HOST/PATH";
  const [all, before, zone] = ZONED.exec(text) ?? [];
  return all === undefined
    ? urlOf(text)
    : zoned(urlOf(`${before}]${text.slice(all.length)}`), zone);
}

/** `http://192.0.2.5:8080/health`, `http://[fe80::1%25eth0]/`. */
export const formatHttpUrl = ({ scheme, authority, path, zone }: HttpUrl): string =>
  `${scheme}://${zone === undefined ? authority : authority.replace("]", `%25${zone}]`)}${path}`;

/** Where a redirect leads; by which interface is for us to say. @param location as the server wrote it */
export function followHttpUrl(from: HttpUrl, location: string): HttpUrl | string {
  const { scheme, authority, path, zone } = from;
  const to = urlOf(location, `${scheme}://${authority}${path}`);
  return typeof to !== "string" && to.host === from.host ? zoned(to, zone) : to;
}

const zoned = (url: HttpUrl | string, zone: string | undefined): HttpUrl | string =>
  typeof url === "string" || zone === undefined ? url : { ...url, zone };

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

/** An IPv6 address with its zone (RFC 6874), which no server is told; people leave the 25 out, too. */
const ZONED = /^(https?:\/\/\[[0-9a-f:.]+)%(?:25)?([^\s/%:\]]{1,15})\]/i;
const SCHEME = /^https?:\/\/[^/]/i;
const DEFAULT_PORTS = { http: 80, https: 443 } as const;
const LONGEST = 8192;
