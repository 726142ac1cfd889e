/** Health checks: whether they can connect, and how soon a failure is acted on. */
import { formatIp } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import {
  CHECK_WITHOUT_PORT,
  PATH_WITHOUT_SLASH,
  PLAIN_TO_TLS,
  SLOW_CHECK,
  TIME_TO_REMOVE,
} from "../codes/balancing.ts";
import { type InForce, spanOf } from "../effective/in-force.ts";
import type { EffectiveCheck, EffectiveRealServer } from "../effective/virtual-server.ts";
import { finding } from "../finding.ts";
import type { AllFacts } from "./facts.ts";

export function findPortlessChecks({ lvs, report }: AllFacts): void {
  for (const { checks, ip } of lvs.servers.flatMap(({ servers }) => servers)) {
    for (const check of checks) {
      if (!("connect_port" in check.values) || check.kind === "PING_CHECK") continue;
      if (check.values.connect_port.value !== null) continue;
      const message = `${check.kind} of real_server ${formatIp(ip)} has no port to connect to`;
      report(finding(CHECK_WITHOUT_PORT, check.span, message, { help: "write connect_port" }));
    }
  }
}

export function findPages({ lvs, report }: AllFacts): void {
  for (const { checks, ip } of lvs.servers.flatMap(({ servers }) => servers)) {
    for (const check of checks) {
      if (check.kind !== "HTTP_GET" && check.kind !== "SSL_GET") continue;
      for (const { value } of check.values.url) {
        if (value.path === null || value.path.value.startsWith("/")) continue;
        const { value: path, span } = value.path;
        const help = /^[a-z]+:\/\//i.test(path)
          ? "write the path of the page alone"
          : `write /${path}`;
        report(finding(PATH_WITHOUT_SLASH, span, `path '${path}' does not begin with /`, { help }));
      }
      const { connect_port: port } = check.values;
      if (check.kind !== "HTTP_GET" || port.value !== 443) continue;
      const message = `HTTP_GET of real_server ${formatIp(ip)} speaks plain HTTP to port 443`;
      const at = port.origin.kind === "written" ? port.origin.span : check.span;
      report(finding(PLAIN_TO_TLS, at, message, { help: "write SSL_GET" }));
    }
  }
}

/** How long one try may take, and what says so. */
function tryOf(check: EffectiveCheck): (InForce<number> & { readonly keyword: string }) | null {
  if (check.kind === "MISC_CHECK") {
    const { value, origin } = check.values.misc_timeout;
    return { value: (value ?? 0) * 1000, origin, keyword: "misc_timeout" };
  }
  if (check.kind === "FILE_CHECK" || check.kind === "BFD_CHECK") return null;
  return { ...check.values.connect_timeout, keyword: "connect_timeout" };
}

export function findCheckTimes(facts: AllFacts): void {
  for (const server of facts.lvs.servers.flatMap(({ servers }) => servers)) {
    for (const check of server.checks) findTimes(server, check, facts);
  }
}

function findTimes({ ip }: EffectiveRealServer, check: EffectiveCheck, { report }: AllFacts): void {
  const one = tryOf(check);
  if (one === null || check.kind === "FILE_CHECK" || check.kind === "BFD_CHECK") return;
  const { delay_loop: delay, retry, delay_before_retry: pause } = check.values;
  const it = `${check.kind} of real_server ${formatIp(ip)}`;
  if (one.value > delay.value) {
    const [delayText, tryText] = [delay.value, one.value].map(formatDurationMs);
    const message = `one try of ${it} may take ${tryText} (${one.keyword}), and there is to be one each ${delayText} (delay_loop)`;
    report(finding(SLOW_CHECK, spanOf(one.origin) ?? spanOf(delay.origin) ?? check.span, message));
  }
  const failingMs = delay.value + retry.value * pause.value;
  const hangingMs = failingMs + (retry.value + 1) * one.value;
  const message = `${it}: a refusal is acted on after ${formatDurationMs(failingMs)} at most, silence after ${formatDurationMs(hangingMs)}`;
  report(finding(TIME_TO_REMOVE, check.span, message));
}
