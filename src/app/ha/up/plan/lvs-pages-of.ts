/** From the pages of HTTP_GET and SSL_GET to what is asked for, and what has to come. */
import type { CheckOf } from "../../../../config/effective/virtual-server.ts";
import { formatIp } from "../../../../core/addr.ts";
import { ANY_BODY, type HttpExpectation } from "../../../../proto/check/http-verdict.ts";
import type { PlannedPage, PlannedWay } from "./lvs-plan.ts";

type Values = CheckOf<"HTTP_GET" | "SSL_GET">["values"];
type Page = Values["url"][number]["value"];

/** @param note told what of them is not looked at */
export function pagesOf(
  values: Values,
  { ip, port }: PlannedWay,
  isTls: boolean,
  note: (text: string) => void,
): PlannedPage[] {
  const { virtualhost, enable_sni, sni_name, url } = values;
  const usualPort = isTls ? 443 : 80;
  const address = ip.length === 4 ? formatIp(ip) : `[${formatIp(ip)}]`;
  const own = port === usualPort ? address : `${address}:${port}`;
  const ownSni = sni_name.origin.kind === "inherited" ? null : sni_name.value;
  return url.map(({ value: page }) => {
    const named = page.virtualhost?.value ?? virtualhost.value;
    const path = page.path?.value ?? "/";
    const certificateName = ownSni ?? (named === null ? null : withoutPort(named));
    const serverName = enable_sni.value === null ? null : certificateName;
    const expected = expectationOf(page, (text) => note(`${path}: ${text}`));
    return { host: named ?? own, path, serverName, certificateName, expected };
  });
}

/** Of `www.example.com:8443`, `[2001:db8::1]:8443`. */
const withoutPort = (host: string): string => host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");

function expectationOf(page: Page, note: (text: string) => void): HttpExpectation {
  const statuses = page.status_code
    .flatMap(({ value }) => value)
    .map(({ from, to }) => ({ first: from, last: to }));
  const pattern = page.regex === null ? null : patternOf(page.regex.value, page, note);
  const isUnwanted = page.regex_no_match !== null;
  return {
    ...ANY_BODY,
    statuses: statuses.length > 0 ? statuses : [{ first: 200, last: 299 }],
    md5: page.digest?.value ?? null,
    match: isUnwanted ? null : pattern,
    noMatch: isUnwanted ? pattern : null,
  };
}

/** What is not the same here as with PCRE2 is told. */
function patternOf(text: string, page: Page, note: (text: string) => void): RegExp | null {
  let flags = "";
  for (const option of page.regex_options?.value ?? []) {
    const own = FLAGS[option];
    if (own !== undefined && !flags.includes(own)) flags += own;
    else if (own === undefined) note(`regex_options ${option} is not supported`);
  }
  for (const name of ["regex_min_offset", "regex_max_offset"] as const) {
    if (page[name] !== null) note(`${name} is not supported: all of it is looked at`);
  }
  try {
    return new RegExp(text, flags);
  } catch (error) {
    note(`regex is left out: ${(error as Error).message}`);
    return null;
  }
}

/** Options of PCRE2 as flags of ours. */
const FLAGS: Readonly<Record<string, string>> = {
  caseless: "i",
  dotall: "s",
  multiline: "m",
  utf: "u",
};
