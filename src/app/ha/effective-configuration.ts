/** From a file to what is in force of it for VRRP, and to all that is found on the way. */
import { type EffectiveVrrp, effectiveVrrp } from "../../config/effective/configuration.ts";
import { type Finding, once } from "../../config/finding.ts";
import { comparePlaces } from "../../config/place.ts";
import type { ConfigurationFiles } from "../../io/ports.ts";
import { type CheckWish, checkConfiguration } from "./check-configuration.ts";

export interface EffectiveConfiguration {
  readonly vrrp: EffectiveVrrp;
  readonly findings: readonly Finding[]; // in the order of their places
}

/** @throws SystemError where the file itself cannot be read */
export function effectiveConfiguration(
  path: string,
  wish: CheckWish,
  files: Pick<ConfigurationFiles, "read" | "match">,
): EffectiveConfiguration {
  const checked = checkConfiguration(path, wish, files);
  const findings: Finding[] = [];
  const report = once((one) => findings.push(one));
  for (const one of checked.findings) report(one);
  const vrrp = effectiveVrrp(checked.configuration, wish.host, report);
  findings.sort((a, b) => comparePlaces(a.span.place, b.span.place));
  return { vrrp, findings };
}

/** Those for which keepalived would not start as it is written, or run no VRRP at all. */
export const errorsOf = ({ vrrp, findings }: EffectiveConfiguration): readonly Finding[] =>
  findings.filter((one) => one.kind.severity === "error" || vrrp.refusals.includes(one));
