/**
 * Answers what is asked of a running virtual router: one JSON object a line, `{"request": ...}`, and
 * one object back, which has the key `error` when the request was not understood or is refused.
 */
import { SystemError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import type { Clock, Closable, ControlClient, Ports } from "../../io/ports.ts";
import type { VrrpEvent } from "./events.ts";
import { isOwner, type VrrpInstance } from "./instance.ts";
import type { FlightRecorder } from "./recorder.ts";
import { recordingLines } from "./recording.ts";
import type { VrrpRouter } from "./router.ts";
import { type FailoverRecord, historyRecord, type PriorityRecord, statusRecord } from "./status.ts";
import type { VrrpWatchers } from "./watchers.ts";

/** A router that cannot be asked still runs: why is told, and the rest goes on. */
export async function serveVrrp(
  router: VrrpRouter,
  watchers: VrrpWatchers,
  recorder: FlightRecorder,
  instance: VrrpInstance,
  ports: Pick<Ports, "clock" | "control" | "pid">,
  emit: (event: VrrpEvent) => void,
): Promise<Closable> {
  try {
    return await ports.control.serve(instance.name, (line, client) => {
      const request = parseRequest(line);
      if (request.request === "failover") {
        return void failOver(client, router, instance, ports.clock, request.timeout_ms);
      }
      if (request.request === "recording") {
        return void client.stream(recordingLines(recorder.recording())).then(() => client.end());
      }
      const watches = request.request === "watch" && watchers.add(client);
      const reply = watches
        ? { type: "status", ...answer({ request: "status" }, router, instance, ports) }
        : answer(request, router, instance, ports);
      client.send(formatJson(reply));
      if (!watches) client.end();
    });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    emit({ type: "notice", text: `cannot be asked for its status: ${error.message}` });
    return { close: () => {} };
  }
}

/** Answers when it is known who took over. */
async function failOver(
  client: ControlClient,
  router: VrrpRouter,
  instance: VrrpInstance,
  clock: Clock,
  timeoutMs: unknown,
): Promise<void> {
  client.keep(() => {});
  const nowMs = clock.nowMs();
  if (isOwner(instance)) {
    client.send(JSON.stringify({ error: "the owner of the addresses cannot hand them over" }));
  } else {
    if (router.standing.state === "master")
      await router.yield(typeof timeoutMs === "number" ? timeoutMs : undefined);
    const { state } = router.standing;
    const to = router.ledger.master?.source ?? null;
    const record: FailoverRecord = { state, to, took_ms: clock.nowMs() - nowMs };
    client.send(formatJson(record));
  }
  client.end();
}

function answer(
  { request, change }: Request,
  router: VrrpRouter,
  instance: VrrpInstance,
  { clock, pid }: Pick<Ports, "clock" | "pid">,
): object {
  const nowMs = clock.nowMs();
  switch (request) {
    case "status":
      return statusRecord(router, instance, nowMs, pid);
    case "history":
      return { transitions: router.ledger.past.map((past) => historyRecord(past, nowMs)) };
    case "priority":
      return setPriority(router, instance, change);
    case "watch":
      return { error: "too many watch already" };
    default:
      return { error: "unknown request" };
  }
}

/** @param change a number, or what to add with its sign */
function setPriority(
  router: VrrpRouter,
  instance: VrrpInstance,
  change: unknown,
): PriorityRecord | { readonly error: string } {
  const [, sign, digits] = /^([+-]?)(\d{1,3})$/.exec(`${change}`) ?? [];
  if (digits === undefined) return { error: "the change is none of N, +N and -N" };
  if (isOwner(instance)) return { error: "the owner of the addresses keeps priority 255" };
  const { priority: former, state } = router.standing;
  const wanted = sign === "" ? Number(digits) : former + Number(`${sign}${digits}`);
  const reason = priorityFlaw(wanted);
  if (reason !== undefined) return { error: reason };
  router.rerank(wanted);
  const configured_priority = instance.config.priority;
  return { state, former_priority: former, priority: wanted, configured_priority };
}

function priorityFlaw(priority: number): string | undefined {
  if (priority === 255) return "priority 255 is that of the owner of the addresses";
  if (priority === 0) return "priority 0 means resignation: ask for a failover";
  return priority < 0 || priority > 254 ? `priority ${priority} is not within 1..254` : undefined;
}

interface Request {
  readonly request?: unknown;
  readonly change?: unknown; // of a priority
  readonly timeout_ms?: unknown; // of a failover
}

/** Empty for what is no request. */
function parseRequest(line: string): Request {
  try {
    return Object(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
