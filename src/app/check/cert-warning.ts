/** A certificate that ends soon, but not so soon that the service counts as down. */
import { shortText } from "../../proto/check/certificate-age.ts";
import type { CheckResult } from "../../proto/check/result.ts";
import type { Prober } from "./attempt.ts";

/** The same prober, which tells it where a certificate is good for fewer days. */
export const warningOfCertificates = <Target>(
  prober: Prober<Target>,
  warnDays: number,
  clock: { wallMs(): number },
): Prober<Target> => ({
  ...prober,
  async probe(target, attempt) {
    const finding = await prober.probe(target, attempt);
    const { cert_expires_ms: endMs } = finding.facts;
    if (finding.verdict !== "up" || !endsSoon(finding.facts, warnDays)) return finding;
    const warning = shortText(Number(endMs) - clock.wallMs(), warnDays);
    return { ...finding, detail: `${finding.detail}; ${warning}` };
  },
});

export const endsSoon = (
  { cert_days: days }: CheckResult["facts"],
  warnDays: number | null,
): boolean => typeof days === "number" && warnDays !== null && days < warnDays;
