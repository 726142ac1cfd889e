/** What an instance or a sync group tracks by its track_ blocks: names looked up, weights of definitions inherited. */
import { didYouMean } from "../../core/closest.ts";
import { NO_SUCH_TRACKED, TRACKED_TOO_EARLY, TRACKED_TWICE } from "../codes/tracking.ts";
import type { Weight } from "../compound.ts";
import type { Tracked } from "../entries/tracked.ts";
import { finding, type Report } from "../finding.ts";
import type { Setting, Values } from "../keyword.ts";
import { comparePlaces } from "../place.ts";
import type { TRACK } from "../tables/track.ts";
import type { Definition, Definitions } from "./definitions.ts";
import { byDefault, type InForce, inherited, written } from "./in-force.ts";
import type { Tracker, TrackerKind } from "./instance.ts";

/** Of each kind its list, and the block that defines what is in it. */
export const KINDS: readonly (readonly [TrackerKind, keyof typeof TRACK, defines: string])[] = [
  ["interface", "track_interface", "interface"],
  ["script", "track_script", "vrrp_script"],
  ["file", "track_file", "track_file"],
  ["process", "track_process", "vrrp_track_process"],
  ["bfd", "track_bfd", "bfd_instance"],
];

/** @param because whose blocks they are */
export function trackersOf(
  lists: Values<typeof TRACK>,
  definitions: Definitions,
  because: "tracked" | "group",
  report: Report,
): Tracker[] {
  return KINDS.flatMap(([kind, keyword, defines]) => {
    const seen = new Map<string, Tracker>();
    for (const entry of lists[keyword].flatMap(({ value }) => value)) {
      const { name, weight } = entry.value;
      const before = seen.get(name);
      if (before?.span) {
        const related = [{ span: before.span, message: "first tracked here" }];
        report(finding(TRACKED_TWICE, entry.span, `'${name}' is tracked before`, { related }));
        continue;
      }
      const defined =
        kind === "interface" ? NO_WEIGHT : lookUp(entry, definitions[kind], defines, report);
      if (defined === undefined) continue;
      const its = weight === null ? inherited(`${defines} ${name}`, defined) : written(weight);
      seen.set(name, { kind, name, weight: its, because, span: entry.span });
    }
    return [...seen.values()];
  });
}

const NO_WEIGHT: InForce<Weight> = byDefault({ weight: 0, isReversed: false });

/** Something defined, with the weight that it has for all. */
type Weighted = Pick<Definition<never>, "name" | "span" | "isUsable"> & {
  readonly values: {
    readonly weight: InForce<Weight | null>;
    readonly checker?: InForce<unknown>;
    readonly vrrp?: InForce<unknown>;
  };
};

/** @param by whose it has to be: a BFD session may be of one side alone */
export function lookUp(
  { value: { name }, span }: Pick<Setting<Pick<Tracked, "name">>, "value" | "span">,
  definitions: ReadonlyMap<string, Weighted>,
  defines: string,
  report: Report,
  by: "vrrp" | "checker" = "vrrp",
): InForce<Weight> | undefined {
  const found = definitions.get(name);
  if (found === undefined) {
    const message = () => `there is no ${defines} '${name}'${didYouMean(name, definitions.keys())}`;
    report(finding(NO_SUCH_TRACKED, span, message));
    return undefined;
  }
  const related = [{ span: found.span, message: "defined here" }];
  if (comparePlaces(found.span.place, span.place) > 0) {
    const message = `${defines} '${name}' is defined below, where keepalived does not look`;
    const help = `move ${defines} ${name} in front of what uses it`;
    report(finding(TRACKED_TOO_EARLY, span, message, { help, related }));
    return undefined;
  }
  const { weight } = found.values;
  const other = by === "vrrp" ? "checker" : "vrrp";
  if (found.values[other]?.value === true && found.values[by]?.value !== true) {
    const owner = other === "checker" ? "the health checks" : "VRRP";
    const message = `${defines} '${name}' is of ${owner} alone`;
    report(finding(NO_SUCH_TRACKED, span, message, { help: `write ${by} in it`, related }));
    return undefined;
  }
  // Reported where it is defined. A BFD session that cannot be is tracked all the same, and never up.
  if (!found.isUsable && defines !== "bfd_instance") return undefined;
  return { ...weight, value: weight.value ?? NO_WEIGHT.value };
}
