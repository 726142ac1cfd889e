/** Asks running virtual routers by their control sockets (`control.ts` answers). */
import { parseBase64 } from "../../core/base64.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { ASK_LIMIT_MS, ask, parseAnswer } from "../asking.ts";
import { isHaSocket } from "../ha/up/socket.ts";
import type { FailoverRecord, HistoryRecord, PriorityRecord, VrrpStatusRecord } from "./status.ts";

type Outside = Pick<Ports, "control">;

/** @returns the names of all instances that run here, or did until they were killed. @throws SystemError */
export function instanceNames({ control }: Outside): readonly string[] {
  const names = control.names().filter((name) => !isHaSocket(name));
  if (names.length > 0) return names;
  throw new SystemError("ask", "vrrp run", "not-running", "no instance runs on this host");
}

/** The only instance that runs here. @throws UsageError where there are several, SystemError where none */
export function soleInstance(ports: Outside): string {
  const [name = "", ...others] = instanceNames(ports);
  if (others.length > 0) throw new UsageError(`which router? ${[name, ...others].join(", ")}`);
  return name;
}

/** @throws SystemError where nobody answers */
export async function askStatus(name: string, ports: Outside): Promise<VrrpStatusRecord> {
  return await ask(name, { request: "status" }, "state", ports);
}

/**
 * Returns when somebody took over, or nobody did.
 * @param withinMs undefined: as long as the weakest router would need
 * @throws SystemError, also where the owner refuses
 */
export async function askFailover(
  name: string,
  withinMs: number | undefined,
  ports: Outside,
): Promise<FailoverRecord> {
  const limitMs = ASK_LIMIT_MS + (withinMs ?? LONGEST_HAND_OVER_MS);
  const request = { request: "failover", timeout_ms: withinMs ?? null };
  return await ask(name, request, "took_ms", ports, limitMs);
}

/** @param change `150`, `+10` or `-10`. @throws SystemError, also where it is refused */
export async function askPriority(
  name: string,
  change: string,
  ports: Outside,
): Promise<PriorityRecord> {
  return await ask(name, { request: "priority", change }, "former_priority", ports);
}

/** The latest transitions that the process remembers, oldest first. @throws SystemError */
export async function askHistory(
  name: string,
  count: number,
  ports: Outside,
): Promise<readonly HistoryRecord[]> {
  type Answer = { readonly transitions: readonly HistoryRecord[] };
  const { transitions } = await ask<Answer>(name, { request: "history" }, "transitions", ports);
  return transitions.slice(-count);
}

export interface RecordingAnswer {
  readonly pieces: readonly Uint8Array[]; // of a pcapng capture
  readonly lostFrames: number;
}

/** What the router saw in the last minutes. @throws SystemError, also where the answer breaks off */
export async function askRecording(
  name: string,
  signal: AbortSignal,
  { control }: Outside,
): Promise<RecordingAnswer> {
  const pieces: Uint8Array[] = [];
  let lostFrames: number | undefined;
  let refusal = "the answer broke off";
  const onLine = (line: string): void => {
    const { pcapng, lost_frames, error } = parseAnswer(line);
    const piece = typeof pcapng === "string" ? parseBase64(pcapng) : undefined;
    if (piece !== undefined && pieces.length < MAX_PIECES) pieces.push(piece);
    else if (typeof lost_frames === "number") lostFrames = lost_frames;
    else refusal = `${error ?? "what answers is no vipkit of this version"}`;
  };
  await control.follow(name, JSON.stringify({ request: "recording" }), onLine, signal);
  signal.throwIfAborted();
  if (lostFrames === undefined) throw new SystemError("recording", name, "bad-answer", refusal);
  return { pieces, lostFrames };
}

/**
 * Gives the status and then every event, a JSON text each, until `signal` aborts or the router ends.
 * @throws SystemError
 */
export async function followEvents(
  name: string,
  onRecord: (json: string) => void,
  signal: AbortSignal,
  { control }: Outside,
): Promise<void> {
  let refusal: SystemError | undefined;
  const onLine = (line: string): void => {
    const { type, error } = parseAnswer(line);
    if (typeof type === "string") onRecord(line);
    else refusal = new SystemError("watch", name, "refused", `${error ?? "no vipkit answers"}`);
  };
  await control.follow(name, JSON.stringify({ request: "watch" }), onLine, signal);
  if (refusal !== undefined) throw refusal;
}

/** Of version 2, at its longest interval. */
export const LONGEST_HAND_OVER_MS = 2 * 255_000;
const MAX_PIECES = 16_384; // 64 MB: several times what a recorder has
