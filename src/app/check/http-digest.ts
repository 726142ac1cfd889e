/** The digest of what a web service answers, to be expected of it from now on. */
import type { Ports } from "../../io/ports.ts";
import { type HttpUrl, parseHttpUrl } from "../../proto/check/http-url.ts";
import type { CheckResult } from "../../proto/check/result.ts";
import { attempt } from "./attempt.ts";
import { type HttpPlan, httpProber } from "./http.ts";

export { type HttpUrl, parseHttpUrl };

/** Asks once. @throws the reason of `signal` */
export const digestOf = (
  url: HttpUrl,
  plan: HttpPlan,
  timeoutMs: number,
  ports: Parameters<typeof httpProber>[1] & Pick<Ports, "clock">,
  signal: AbortSignal,
): Promise<CheckResult> => attempt(httpProber(plan, ports), url, timeoutMs, ports.clock, signal);
