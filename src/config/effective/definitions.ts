/** What instances may track by its name: scripts, files, processes, BFD sessions, as they are in force. */
import { familyOf, formatIp, sameIp } from "../../core/addr.ts";
import {
  BFD_FAMILIES,
  DUPLICATE_BFD,
  DUPLICATE_DEFINITION,
  EMPTY_QUORUM,
  NOTHING_TRACKED,
  QUORUM_DROPPED,
  SECOND_SESSION,
} from "../codes/tracking.ts";
import { type FindingKind, finding, type Report } from "../finding.ts";
import { isBlamed, type Setting, type Table, type Values } from "../keyword.ts";
import type { Span } from "../place.ts";
import { BFD_INSTANCE } from "../tables/bfd-instance.ts";
import type { Configuration } from "../tables/root.ts";
import { TRACK_FILE, VRRP_TRACK_PROCESS } from "../tables/track-definitions.ts";
import { VRRP_SCRIPT } from "../tables/vrrp-script.ts";
import { corrected } from "./completing.ts";
import { effectiveOf } from "./defaults.ts";
import { byDefault, type Effective, inherited, spanOf } from "./in-force.ts";

export interface Definition<T extends Table> {
  readonly name: string;
  readonly span: Span; // of the name
  readonly isUsable: boolean; // false: keepalived removed it, or its session is never up, which is reported
  readonly values: Effective<T>;
}

/** Of each kind those that there are, by their names, in the order in which they are written. */
export interface Definitions {
  readonly script: ByName<typeof VRRP_SCRIPT>;
  readonly file: ByName<typeof TRACK_FILE>;
  readonly process: ByName<typeof VRRP_TRACK_PROCESS>;
  readonly bfd: ByName<typeof BFD_INSTANCE>;
}

type ByName<T extends Table> = ReadonlyMap<string, Definition<T>>;

export function definitionsOf(conf: Configuration, report: Report): Definitions {
  const define = definer(report);
  return {
    script: byName(define(conf.vrrp_script, VRRP_SCRIPT, "vrrp_script", "script")),
    file: byName(define(conf.track_file, TRACK_FILE, "track_file", "file")),
    process: byName(
      define(conf.vrrp_track_process, VRRP_TRACK_PROCESS, "vrrp_track_process", "process").map(
        (one) => withDelays(withQuorum(one, report)),
      ),
    ),
    bfd: byName(
      withoutSecondPairs(
        define(conf.bfd_instance, BFD_INSTANCE, "bfd_instance", "neighbor_ip", DUPLICATE_BFD).map(
          (one) => withFamily(one, report),
        ),
        report,
      ),
    ),
  };
}

const byName = <T extends Table>(all: readonly Definition<T>[]): ByName<T> =>
  new Map(all.map((one) => [one.name, one]));

/** Of definitions with one name the first counts. */
const definer =
  (report: Report) =>
  <T extends Table>(
    settings: readonly Setting<{ name: string; body: Values<T> }>[],
    table: T,
    keyword: string,
    needed: keyof T & string,
    duplicate: FindingKind = DUPLICATE_DEFINITION,
  ): Definition<T>[] => {
    const first = new Map<string, Definition<T>>();
    for (const { value, span } of settings) {
      const { name, body } = value;
      const before = first.get(name);
      if (before !== undefined) {
        const related = [{ span: before.span, message: "first defined here" }];
        report(finding(duplicate, span, `${keyword} ${name} is defined before`, { related }));
        continue;
      }
      const isUsable = body[needed] !== null;
      if (!isUsable && !isBlamed(body, needed)) {
        report(finding(NOTHING_TRACKED, span, `${keyword} ${name} has no ${needed}`));
      }
      first.set(name, { name, span, isUsable, values: effectiveOf(table, body) });
    }
    return [...first.values()];
  };

type Process = Definition<typeof VRRP_TRACK_PROCESS>;
type Bfd = Definition<typeof BFD_INSTANCE>;

/** That no process may run is said by quorum_max alone. */
function withQuorum(process: Process, report: Report): Process {
  const { quorum, quorum_max: most } = process.values;
  if (most.value === null || (quorum.value ?? 1) <= most.value) return process;
  if (most.value === 0) return withoutQuorum(process, report);
  const message = `quorum_max ${most.value} is below quorum ${quorum.value}: it is ignored`;
  const by = finding(EMPTY_QUORUM, spanOf(most.origin) ?? process.span, message);
  report(by);
  const values = { ...process.values, quorum_max: corrected(most, null, by) };
  return { ...process, values };
}

function withoutQuorum(process: Process, report: Report): Process {
  const { quorum } = process.values;
  const span = spanOf(quorum.origin);
  if (span === null) return { ...process, values: { ...process.values, quorum: byDefault(0) } };
  const by = finding(QUORUM_DROPPED, span, `quorum ${quorum.value} becomes 0 with quorum_max 0`);
  report(by);
  return { ...process, values: { ...process.values, quorum: corrected(quorum, 0, by) } };
}

/** `delay` is both of the others. */
function withDelays(process: Process): Process {
  const { delay, fork_delay, terminate_delay } = process.values;
  if (delay.value === null) return process;
  const or = (one: typeof delay): typeof delay =>
    one.origin.kind === "default" ? inherited("delay", delay) : one;
  return {
    ...process,
    values: {
      ...process.values,
      fork_delay: or(fork_delay),
      terminate_delay: or(terminate_delay),
    },
  };
}

/** Between two addresses there is one session; without a source address it is with any of them. */
function withoutSecondPairs(sessions: readonly Bfd[], report: Report): Bfd[] {
  const kept = new Map<string, Bfd[]>(); // by their neighbour
  return sessions.map((bfd) => {
    const { neighbor_ip: neighbor, source_ip: source } = bfd.values;
    if (!bfd.isUsable || neighbor.value === null) return bfd;
    const others = kept.get(formatIp(neighbor.value)) ?? [];
    const before = others.find(({ values: { source_ip: other } }) => {
      return source.value === null || other.value === null || sameIp(source.value, other.value);
    });
    kept.set(formatIp(neighbor.value), before === undefined ? [...others, bfd] : others);
    if (before === undefined) return bfd;
    const message = `bfd_instance ${bfd.name} is a session with ${formatIp(neighbor.value)}, as bfd_instance ${before.name} is`;
    const related = [{ span: before.span, message: "the first one" }];
    report(finding(SECOND_SESSION, bfd.span, message, { related }));
    return { ...bfd, isUsable: false };
  });
}

function withFamily(bfd: Bfd, report: Report): Bfd {
  const { neighbor_ip: neighbor, source_ip: source, ttl } = bfd.values;
  if (neighbor.value === null) return bfd;
  const family = familyOf(neighbor.value);
  const hops = ttl.value === null ? byDefault(family === 4 ? 255 : 64) : ttl;
  const complete = { ...bfd, values: { ...bfd.values, ttl: hops } };
  if (source.value === null || familyOf(source.value) === family) return complete;
  const span = source.origin.kind === "written" ? source.origin.span : bfd.span;
  const message = `source_ip of bfd_instance ${bfd.name} is IPv${familyOf(source.value)}, neighbor_ip IPv${family}`;
  report(finding(BFD_FAMILIES, span, message));
  return { ...complete, isUsable: false };
}
