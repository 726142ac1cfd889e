/** The files and BFD sessions that health checks name: looked up, with the weight that the file has for all. */
import { TRACKED_TWICE } from "../codes/tracking.ts";
import { finding, type Report } from "../finding.ts";
import type { Definitions } from "./definitions.ts";
import { inherited } from "./in-force.ts";
import { lookUp } from "./trackers.ts";
import type { CheckOf, EffectiveCheck } from "./virtual-server.ts";

/** The checks of a real server without those that keepalived drops. */
export function withDefinitions(
  checks: readonly EffectiveCheck[],
  definitions: Definitions,
  report: Report,
): EffectiveCheck[] {
  const sessions = new Map<string, EffectiveCheck>();
  return checks.flatMap((check) => {
    if (check.kind === "FILE_CHECK") return withFile(check, definitions, report);
    if (check.kind !== "BFD_CHECK") return [check];
    const { value: name, origin } = check.values.name;
    if (name === null || origin.kind !== "written") return []; // which is told at its keyword
    const before = sessions.get(name);
    sessions.set(name, check);
    if (before === undefined) {
      const entry = { value: { name }, span: origin.span };
      const isThere = lookUp(entry, definitions.bfd, "bfd_instance", report, "checker");
      return isThere === undefined ? [] : [check];
    }
    const related = [{ span: before.span, message: "first written here" }];
    const message = `the real server has a BFD_CHECK of ${name} already`;
    report(finding(TRACKED_TWICE, origin.span, message, { related }));
    return [];
  });
}

function withFile(
  check: CheckOf<"FILE_CHECK">,
  definitions: Definitions,
  report: Report,
): EffectiveCheck[] {
  const { track_file: file, weight } = check.values;
  if (file.value === null || file.origin.kind !== "written") return [];
  const entry = { value: { name: file.value }, span: file.origin.span };
  const found = lookUp(entry, definitions.file, "track_file", report, "checker");
  if (found === undefined) return [];
  if (weight.value !== null) return [check];
  return [
    { ...check, values: { ...check.values, weight: inherited(`track_file ${file.value}`, found) } },
  ];
}
