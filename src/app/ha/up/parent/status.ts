/** What `ha status` answers: one JSON record of all that runs, as it goes over the control socket. */
import type { TrackedState, Tracker } from "../../../../proto/ha/tracking.ts";
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import type { VrrpStatusRecord } from "../../../vrrp/status.ts";
import type { ChildRole } from "../messages.ts";
import type { ServiceRecord } from "../servers/server-status.ts";
import { type MaintenanceRecord, maintenanceRecord } from "./maintenance.ts";
import type { HaParts } from "./parts.ts";
import type { ChildStanding } from "./watched-child.ts";

/** A router of `ha up`, as `vrrp status` tells of it too. */
export interface RouterStatusRecord extends VrrpStatusRecord {
  /** What its priority is made of, beside the configured one. */
  readonly terms: readonly { readonly name: string; readonly points: number }[];
  readonly tracked_faults: readonly string[]; // names of trackers
  readonly trackers: readonly RouterTrackerRecord[];
}

export interface RouterTrackerRecord {
  readonly kind: Tracker["kind"];
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
  readonly state: TrackedState;
}

/** The latest run of a script; null before its first one has ended. */
export interface ScriptRecord {
  readonly name: string;
  readonly age_ms: number | null; // of its end
  readonly took_ms: number | null;
  readonly detail: string | null;
  readonly output: string | null; // the end of it
}

export interface HaStatusRecord {
  readonly pid: number;
  readonly uptime_ms: number;
  readonly file: string;
  readonly maintenance: MaintenanceRecord | null;
  readonly instances: readonly RouterStatusRecord[];
  readonly unanswered: readonly string[]; // instances of which nothing could be learned
  readonly groups: readonly GroupRecord[];
  readonly trackers: readonly TrackerRecord[];
  /** Virtual servers; null where the process of the checks does not answer. */
  readonly services: readonly ServiceRecord[] | null;
  readonly ipvs_trouble: string | null; // why no connection is led to their servers
  readonly children: readonly ChildRecord[];
}

export interface GroupRecord {
  readonly group: string;
  readonly state: VrrpState | null; // null: of its members each has another, or not all are known
  readonly members: readonly string[];
}

export interface TrackerRecord extends Omit<ScriptRecord, "name"> {
  readonly kind: Tracker["kind"];
  readonly name: string;
  readonly state: TrackedState;
}

export interface ChildRecord {
  readonly role: ChildRole;
  readonly pid: number | null;
  readonly beat_age_ms: number | null;
  readonly restarts: number;
  readonly late_ms: number | null; // its loop, at its last beat
  readonly worst_late_ms: number;
}

/** @param limitMs for which it waits for a child; a moment where nothing else is said */
export async function haStatus(parts: HaParts, limitMs = ANSWER_LIMIT_MS): Promise<HaStatusRecord> {
  const { supervisor, file, startedMs, ports } = parts;
  const { plan } = supervisor;
  const { state } = parts.maintenance;
  const asked = supervisor.checkers.ask({ kind: "scripts" }, limitMs);
  const services = servicesOf(parts, limitMs);
  const instances = await routerRecords(parts, limitMs);
  const scripts = new Map(scriptsOf(await asked).map((script) => [script.name, script]));
  const nowMs = ports.clock.nowMs();
  const states = new Map(instances.map(({ instance, state }) => [instance, state]));
  const names = plan.routers.map(({ instance }) => instance.name);
  const trackers = new Map(
    [...instances.flatMap((one) => one.trackers), ...supervisor.tracked].map((tracker) => [
      `${tracker.kind} ${tracker.name}`,
      tracker,
    ]),
  );
  return {
    pid: ports.pid,
    uptime_ms: nowMs - startedMs,
    file,
    maintenance: state && maintenanceRecord(state, ports.clock.wallMs()),
    instances,
    unanswered: names.filter((name) => !states.has(name)),
    groups: plan.syncGroups.map(({ name: group, members }) => {
      const [state = null, ...others] = new Set(members.map((name) => states.get(name) ?? null));
      return { group, state: others.length > 0 ? null : state, members };
    }),
    trackers: Array.from(trackers.values(), ({ kind, name, state }) => {
      const script = kind === "script" ? scripts.get(name) : undefined;
      const { age_ms = null, took_ms = null, detail = null, output = null } = script ?? {};
      return { kind, name, state, age_ms, took_ms, detail, output };
    }),
    ...(await services),
    children: childrenOf(parts).map(({ standing }) => childRecord(standing, nowMs)),
  };
}

export const childrenOf = ({ supervisor, web }: HaParts): readonly HasStanding[] => [
  supervisor.vrrp,
  supervisor.checkers,
  ...(web === undefined ? [] : [web]),
];

interface HasStanding {
  readonly standing: ChildStanding;
}

/** One after the other, so that the process of the routers has a turn for its adverts between any two. */
export async function routerRecords(
  { supervisor, ports }: Pick<HaParts, "supervisor" | "ports">,
  limitMs = ANSWER_LIMIT_MS,
): Promise<RouterStatusRecord[]> {
  const untilMs = ports.clock.nowMs() + limitMs;
  const records: RouterStatusRecord[] = [];
  for (const { instance } of supervisor.plan.routers) {
    const leftMs = untilMs - ports.clock.nowMs();
    const question = { kind: "router", instance: instance.name, request: STATUS } as const;
    const answer = leftMs > 0 ? await supervisor.vrrp.ask(question, leftMs) : undefined;
    if (answer === undefined) return records;
    if (!("error" in answer)) records.push(answer as RouterStatusRecord);
  }
  return records;
}

async function servicesOf(
  { supervisor }: HaParts,
  limitMs: number,
): Promise<Pick<HaStatusRecord, "services" | "ipvs_trouble">> {
  if (supervisor.plan.lvs.services.length === 0) return { services: [], ipvs_trouble: null };
  const answer = await supervisor.checkers.ask({ kind: "services" }, limitMs);
  if (answer === undefined || !("services" in answer))
    return { services: null, ipvs_trouble: null };
  const { services, ipvs } = answer as { services: ServiceRecord[]; ipvs: string | null };
  return { services, ipvs_trouble: ipvs };
}

const scriptsOf = (answer: object | undefined): readonly ScriptRecord[] =>
  answer !== undefined && "scripts" in answer ? (answer.scripts as ScriptRecord[]) : [];

const childRecord = (
  { role, pid, beat, restarts, worstLateMs }: ChildStanding,
  nowMs: number,
): ChildRecord => ({
  role,
  pid: pid ?? null,
  beat_age_ms: beat === undefined ? null : nowMs - beat.atMs,
  restarts,
  late_ms: beat?.lateMs ?? null,
  worst_late_ms: worstLateMs,
});

const STATUS = { request: "status" };
/** Shorter than a client waits, so that it is told what is known. */
const ANSWER_LIMIT_MS = 1000;
