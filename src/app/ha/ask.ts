/** Asks a running `ha up` by its control socket (`up/control.ts` answers). */
import { SystemError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { ASK_LIMIT_MS, ask, type ControlRequest, parseAnswer } from "../asking.ts";
import { LONGEST_HAND_OVER_MS } from "../vrrp/ask.ts";
import type { HandOverRecord } from "./up/parent/hand-over.ts";
import type { MaintenanceRecord } from "./up/parent/maintenance.ts";
import type { HaHistoryRecord, ServerHistoryRecord } from "./up/parent/past.ts";
import type { ReloadRecord } from "./up/parent/reload-record.ts";
import type { HaStatusRecord } from "./up/parent/status.ts";
import type { DelayRecord, TransitionTally } from "./up/parent/tallies.ts";

type Outside = Pick<Ports, "control">;

/** What became of a wish for maintenance. */
export interface MaintenanceAnswer {
  readonly maintenance: MaintenanceRecord | null;
  readonly not_kept: string | null; // why a process after this one will not know of it
  readonly routers: readonly HandOverRecord[];
}

/** @param withinMs in which what is known by then is told, if not in a moment. @throws SystemError where nobody answers */
export const askHaStatus = async (
  socket: string,
  ports: Outside,
  withinMs?: number,
): Promise<HaStatusRecord> => {
  const request = { request: "status", timeout_ms: withinMs };
  return await ask(socket, request, "instances", ports, ASK_LIMIT_MS + (withinMs ?? 0));
};

/** What was counted since the beginning. */
export interface TalliesRecord {
  readonly transitions: readonly TransitionTally[];
  readonly delays: readonly DelayRecord[];
}

/** @throws SystemError where nobody answers */
export const askTallies = async (socket: string, ports: Outside): Promise<TalliesRecord> =>
  await ask(socket, { request: "tallies" }, "delays", ports);

/** Of all routers, and of all virtual and real servers, oldest first. */
export interface HaHistory {
  readonly transitions: readonly HaHistoryRecord[];
  readonly servers: readonly ServerHistoryRecord[];
}

/** The latest of each. @throws SystemError */
export async function askHaHistory(
  socket: string,
  count: number,
  ports: Outside,
): Promise<HaHistory> {
  const { transitions, servers } = await ask<HaHistory>(
    socket,
    { request: "history", count },
    "transitions",
    ports,
  );
  return { transitions, servers };
}

/** @param name of an instance or a sync group; undefined: all. @throws SystemError, also for an unknown name */
export async function askHandOver(
  socket: string,
  name: string | undefined,
  withinMs: number | undefined,
  ports: Outside,
): Promise<readonly HandOverRecord[]> {
  type Answer = { readonly routers: readonly HandOverRecord[] };
  const request = { request: "failover", name, timeout_ms: withinMs };
  const limitMs = ASK_LIMIT_MS + (withinMs ?? LONGEST_HAND_OVER_MS);
  return (await ask<Answer>(socket, request, "routers", ports, limitMs)).routers;
}

/** @param forMs undefined: until it is ended. @throws SystemError */
export async function askMaintenance(
  socket: string,
  wish: {
    readonly on: boolean;
    readonly forMs: number | undefined;
    readonly reason: string | undefined;
  },
  ports: Outside,
): Promise<MaintenanceAnswer> {
  const { on, forMs: for_ms, reason } = wish;
  const request = { request: "maintenance", on, for_ms, reason };
  const limitMs = ASK_LIMIT_MS + LONGEST_HAND_OVER_MS;
  return await ask(socket, request, "not_kept", ports, limitMs);
}

/** A real server of a virtual one, as `ha status` names them. */
export interface WeighedServer {
  readonly server: string;
  readonly service: string;
}

/** @param weight null: that of the file and the checks again. @returns those that the name means. @throws SystemError */
export async function askWeight(
  socket: string,
  server: string,
  weight: number | null,
  ports: Outside,
): Promise<readonly WeighedServer[]> {
  type Answer = { readonly weighed: readonly WeighedServer[] };
  return (await ask<Answer>(socket, { request: "weigh", server, weight }, "weighed", ports))
    .weighed;
}

/** Resolves when it goes by what its file says now, or has refused it. @throws SystemError */
export const askReload = async (socket: string, ports: Outside): Promise<ReloadRecord> =>
  await ask(socket, { request: "reload" }, "reloaded", ports, LONGEST_RELOAD_MS);

/** One that runs already, and ours behind it. */
const LONGEST_RELOAD_MS = 30_000;

interface Who {
  readonly pid: number;
  readonly file: string;
}

/** Who runs; undefined where nobody answers. */
export async function askWho(socket: string, ports: Outside): Promise<Who | undefined> {
  try {
    return await ask<Who>(socket, { request: "who" }, "pid", ports);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return undefined;
  }
}

/** @returns its process, when it has ended. @throws SystemError; the reason of `signal` */
export async function askDown(
  socket: string,
  signal: AbortSignal,
  ports: Outside,
): Promise<number> {
  let pid: unknown;
  await followLines(
    socket,
    { request: "down" },
    (answer) => {
      pid = answer.pid;
    },
    signal,
    ports,
  );
  signal.throwIfAborted();
  if (typeof pid === "number") return pid;
  throw new SystemError("down", socket, "bad-answer", "what answers is no vipkit of this version");
}

/** Gives the status and then every event, a JSON text each, until `signal` or the process ends. @throws SystemError */
export async function followHaEvents(
  socket: string,
  onRecord: (json: string) => void,
  signal: AbortSignal,
  ports: Outside,
): Promise<void> {
  let refusal: string | undefined;
  const onAnswer = ({ type, error }: Readonly<Record<string, unknown>>, line: string): void => {
    if (typeof type === "string") onRecord(line);
    else refusal = `${error ?? "no vipkit answers"}`;
  };
  await followLines(socket, { request: "events" }, onAnswer, signal, ports);
  if (refusal !== undefined) throw new SystemError("events", socket, "refused", refusal);
}

const followLines = async (
  socket: string,
  request: ControlRequest,
  onAnswer: (answer: Readonly<Record<string, unknown>>, line: string) => void,
  signal: AbortSignal,
  { control }: Outside,
): Promise<void> =>
  await control.follow(
    socket,
    JSON.stringify(request),
    (line) => onAnswer(parseAnswer(line), line),
    signal,
  );
