/** What `check http` asks without options, for tests of what is below it. */
import type { HttpPlan } from "../../src/app/check/http.ts";
import { type HttpUrl, parseHttpUrl } from "../../src/proto/check/http-url.ts";
import { ANY_BODY } from "../../src/proto/check/http-verdict.ts";
import { TLS_PLAN } from "./tls-peer.ts";

type Changes = Partial<Omit<HttpPlan, "expected" | "tls">> & {
  readonly expected?: Partial<HttpPlan["expected"]>;
  readonly tls?: Partial<HttpPlan["tls"]>;
};

export const httpPlan = ({ expected, tls, ...changes }: Changes = {}): HttpPlan => ({
  source: null,
  ifName: null,
  mark: null,
  family: undefined,
  firstOnly: false,
  version: "1.1",
  method: "GET",
  headers: [],
  authorization: null,
  body: null,
  connectTo: null,
  follow: 0,
  keepBytes: 65_536,
  limitBytes: 64 << 20,
  digests: { md5: false, sha256: false },
  tls: { ...TLS_PLAN, ...tls },
  expected: {
    ...ANY_BODY,
    statuses: [{ first: 200, last: 299 }],
    ...expected,
  },
  ...changes,
});

export function httpUrl(text: string): HttpUrl {
  const url = parseHttpUrl(text);
  if (typeof url === "string") throw new Error(`${text} ${url}`);
  return url;
}
