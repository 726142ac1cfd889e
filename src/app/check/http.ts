/** Whether a web service answers as it should: HTTP over our own connections (RFC 9110). */
import { SystemError } from "../../core/errors.ts";
import type { HttpHeader, HttpVersion } from "../../core/http.ts";
import type { HttpExchange, Ports, TlsPeer } from "../../io/ports.ts";
import { httpRefusal } from "../../proto/check/http-refusals.ts";
import { formatHttpUrl, type HttpUrl } from "../../proto/check/http-url.ts";
import { type HttpExpectation, judgeBody, judgeStatus } from "../../proto/check/http-verdict.ts";
import { type Hop, nextHop, RedirectTrail } from "../../proto/check/redirect.ts";
import { type CheckFinding, down } from "../../proto/check/result.ts";
import type { Attempt, Prober } from "./attempt.ts";
import { type ConnectPlan, connect } from "./connect.ts";
import type { OtherHost } from "./http-targets.ts";
import { shakeHands, type TlsTrust, tlsFacts } from "./tls.ts";

export interface HttpPlan extends ConnectPlan {
  readonly version: HttpVersion;
  readonly method: string;
  readonly headers: readonly HttpHeader[];
  readonly authorization: string | null; // only for the origin that was named
  readonly body: Uint8Array | null;
  /** Whom to ask instead of the URL's own host; its port null: the URL's. */
  readonly connectTo: OtherHost | null;
  readonly tls: TlsTrust;
  readonly follow: number; // redirects at most
  readonly keepBytes: number; // of the body
  readonly limitBytes: number; // a longer body is a flaw
  readonly expected: HttpExpectation;
  readonly digests: { readonly md5: boolean; readonly sha256: boolean }; // told in any case
}

type Outside = Pick<
  Ports,
  "connectTcp" | "resolveName" | "startTls" | "requestHttp" | "matches" | "clock"
>;

export const httpProber = (plan: HttpPlan, ports: Outside): Prober<HttpUrl> => ({
  nameOf: formatHttpUrl,
  async probe(url, attempt) {
    try {
      return await ask(url, plan, attempt, ports);
    } catch (error) {
      if (error instanceof SystemError) return httpRefusal(error, attempt.phase);
      throw error;
    }
  },
  close: () => {},
});

async function ask(
  first: HttpUrl,
  plan: HttpPlan,
  attempt: Attempt,
  ports: Outside,
): Promise<CheckFinding> {
  const { method, follow, expected } = plan;
  const trail = new RedirectTrail(follow);
  let hop: Hop = { url: first, method, isBodySent: true, isTrusted: true };
  for (;;) {
    const refusal = trail.add(hop);
    if (refusal !== undefined) return down("L7RSP", refusal, { redirects: trail.redirects });
    const { exchange, peer } = await exchangeAt(hop, first, plan, attempt, ports);
    try {
      const { status, location } = exchange;
      const facts = {
        status,
        http_version: exchange.version,
        ...(peer === null ? {} : tlsFacts(peer, ports.clock.wallMs())),
        ...(trail.redirects === 0
          ? {}
          : { redirects: trail.redirects, url: formatHttpUrl(hop.url) }),
      };
      const next = follow > 0 ? nextHop(hop, status, location) : undefined;
      if (typeof next === "string") return down("L7RSP", next, facts);
      if (next !== undefined) {
        hop = next;
        continue;
      }
      const bad = judgeStatus(exchange, expected, facts, location);
      if (bad !== undefined) return bad;
      return await judged(exchange, peer, facts, plan, attempt, ports);
    } finally {
      exchange.close();
    }
  }
}

async function judged(
  exchange: HttpExchange,
  peer: TlsPeer | null,
  facts: CheckFinding["facts"],
  { keepBytes, limitBytes, expected, digests }: HttpPlan,
  attempt: Attempt,
  { matches, clock }: Outside,
): Promise<CheckFinding> {
  attempt.enter("body");
  const md5 = digests.md5 || expected.md5 !== null;
  const sha256 = digests.sha256 || expected.sha256 !== null;
  const body = await exchange.readBody({ keepBytes, limitBytes, md5, sha256 }, attempt.signal);
  const told = {
    ...facts,
    bytes: body.bytes,
    ...(body.md5 === null ? {} : { md5: body.md5 }),
    ...(body.sha256 === null ? {} : { sha256: body.sha256 }),
  };
  const age = peer === null ? null : { ...peer, wallMs: clock.wallMs() };
  return judgeBody(exchange, body, age, expected, told, (pattern, text) =>
    matches(pattern, text, Math.min(attempt.deadlineMs - clock.nowMs(), MOST_MATCH_MS)),
  );
}

/** @returns when the header of the answer is there */
async function exchangeAt(
  hop: Hop,
  first: HttpUrl,
  plan: HttpPlan,
  attempt: Attempt,
  ports: Outside,
): Promise<{ exchange: HttpExchange; peer: TlsPeer | null }> {
  const { url } = hop;
  const { version } = plan;
  let stream = await connect(whereToAsk(url, first, plan), plan, attempt, ports);
  let peer: TlsPeer | null = null;
  if (url.scheme === "https") {
    const serverName = hop.isTrusted ? plan.tls.serverName : null;
    const alpn = version === "1.0" ? [] : [version === "2" ? "h2" : "http/1.1"];
    const tls = { ...plan.tls, serverName, alpn };
    const secure = await shakeHands(stream, url.host, tls, attempt, ports);
    peer = secure.peer;
    if (version === "2" && secure.peer.alpn !== "h2") {
      secure.close("fin");
      throw new SystemError("handshake", url.authority, "no-http2", "it chose no h2 in ALPN");
    }
    stream = secure;
  }
  attempt.enter("answer");
  const { authority, path, scheme } = url;
  const headers = headersFor(hop, plan);
  const body = hop.isBodySent ? plan.body : null;
  const request = { version, scheme, authority, method: hop.method, path, headers, body };
  return { exchange: await ports.requestHttp(stream, request, attempt.signal), peer };
}

/** Another host than the URL's where the user says so, for all that is asked of the first one. */
function whereToAsk(url: HttpUrl, first: HttpUrl, { connectTo }: HttpPlan) {
  if (connectTo === null || url.host !== first.host) return url;
  const isSamePort = url.port === first.port;
  return { ...connectTo, port: isSamePort ? (connectTo.port ?? url.port) : url.port };
}

/** What is secret stays with the origin that it was meant for. */
function headersFor({ isTrusted, isBodySent }: Hop, plan: HttpPlan): readonly HttpHeader[] {
  const own: HttpHeader[] = [
    ["user-agent", "vipkit"],
    ["accept", "*/*"],
  ];
  if (isTrusted && plan.authorization !== null) own.push(["authorization", plan.authorization]);
  const given = plan.headers.filter(([name]) => {
    const key = name.toLowerCase();
    return (isTrusted || !SECRET.has(key)) && (isBodySent || !key.startsWith("content-"));
  });
  return [...own, ...given];
}

const MOST_MATCH_MS = 500; // other checks wait so long
const SECRET: ReadonlySet<string> = new Set(["authorization", "cookie", "host"]);
