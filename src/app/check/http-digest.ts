/** The digest of what a web service answers, to be expected of it from now on. */
import type { Ports } from "../../io/ports.ts";
import { type HttpUrl, parseHttpUrl } from "../../proto/check/http-url.ts";
import { ANY_BODY, type HttpExpectation } from "../../proto/check/http-verdict.ts";
import type { CheckResult } from "../../proto/check/result.ts";
import { attempt } from "./attempt.ts";
import { type HttpPlan, httpProber } from "./http.ts";

export { type HttpUrl, parseHttpUrl };

/** What is asked, and which answers have a body that is worth a digest. */
export type DigestPlan = Omit<HttpPlan, "expected" | "keepBytes"> &
  Pick<HttpExpectation, "statuses">;

/** Asks once. @throws the reason of `signal` */
export function digestOf(
  url: HttpUrl,
  { statuses, ...asked }: DigestPlan,
  timeoutMs: number,
  ports: Parameters<typeof httpProber>[1] & Pick<Ports, "clock">,
  signal: AbortSignal,
): Promise<CheckResult> {
  const plan = { ...asked, keepBytes: 0, expected: { ...ANY_BODY, statuses } };
  return attempt(httpProber(plan, ports), url, timeoutMs, ports.clock, signal);
}
