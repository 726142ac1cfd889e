/** What a user writes about web services, as values: whom to ask, what is a good answer. */
import { type HttpUrl, parseHttpUrl } from "../../proto/check/http-url.ts";
import { type HostTarget, parseHosts, parsePorts } from "../../proto/check/targets.ts";

export type { HttpExpectation } from "../../proto/check/http-verdict.ts";
export { parseJsonExpectation } from "../../proto/check/json-value.ts";
export { parseStatusSet } from "../../proto/check/status-set.ts";

/** The host that is asked instead of the URL's; `port` null: the URL's. */
export type OtherHost = HostTarget & { readonly port: number | null };

/** One URL, as `gatherTargets` wants it. */
export function parseHttpTargets(text: string): readonly HttpUrl[] | string {
  const url = parseHttpUrl(text);
  return typeof url === "string" ? url : [url];
}

/** `ADDR[:PORT]`. @returns why the text is none */
export function parseOtherHost(text: string): OtherHost | string {
  const alone = parseHosts(text);
  const parsed = typeof alone === "string" ? parsePorts(text) : alone;
  if (typeof parsed === "string") return parsed;
  const [one] = parsed;
  return one === undefined || parsed.length > 1 ? "is more than one host" : { port: null, ...one };
}
