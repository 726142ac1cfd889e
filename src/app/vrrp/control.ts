/**
 * Answers what is asked of a running virtual router: one JSON object a line, `{"request": ...}`, and
 * one object back, which has the key `error` when the request was not understood or is refused.
 */
import { SystemError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import type { Clock, Closable, Ports } from "../../io/ports.ts";
import { parseAnswer } from "../asking.ts";
import type { Watchers } from "../watchers.ts";
import type { VrrpEvent } from "./events.ts";
import { isOwner, type VrrpInstance } from "./instance.ts";
import type { FlightRecorder } from "./recorder.ts";
import { recordingLines } from "./recording.ts";
import type { VrrpRouter } from "./router.ts";
import { type FailoverRecord, historyRecord, type PriorityRecord, statusRecord } from "./status.ts";

/** A router that cannot be asked still runs: why is told, and the rest goes on. */
export async function serveVrrp(
  router: VrrpRouter,
  watchers: Watchers,
  recorder: FlightRecorder,
  instance: VrrpInstance,
  ports: Pick<Ports, "clock" | "control" | "pid">,
  emit: (event: VrrpEvent) => void,
): Promise<Closable> {
  try {
    return await ports.control.serve(instance.name, (line, client) => {
      const request = parseAnswer(line);
      if (request.request === "recording") {
        return void client.stream(recordingLines(recorder.recording())).then(() => client.end());
      }
      const status = async (): Promise<object> => ({
        type: "status",
        ...statusRecord(router, instance, ports.clock.nowMs(), ports.pid),
      });
      if (request.request === "watch" && watchers.add(client, status)) return;
      if (request.request === "failover") client.keep(() => {}); // it takes its time
      void answerVrrp(request, router, instance, ports).then((reply) => {
        client.send(formatJson(reply));
        client.end();
      });
    });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    emit({ type: "notice", text: `cannot be asked for its status: ${error.message}` });
    return { close: () => {} };
  }
}

/** To any request but those whose answer is a stream; a hand-over is answered when it has ended. */
export async function answerVrrp(
  { request, change, timeout_ms: timeoutMs }: Readonly<Record<string, unknown>>,
  router: VrrpRouter,
  instance: VrrpInstance,
  { clock, pid }: Pick<Ports, "clock" | "pid">,
): Promise<object> {
  const nowMs = clock.nowMs();
  switch (request) {
    case "status":
      return statusRecord(router, instance, nowMs, pid);
    case "history":
      return { transitions: router.ledger.past.map((past) => historyRecord(past, nowMs)) };
    case "priority":
      return setPriority(router, instance, change);
    case "failover":
      return await failOver(router, instance, clock, timeoutMs);
    case "watch":
      return { error: "too many watch already" };
    default:
      return { error: "unknown request" };
  }
}

async function failOver(
  router: VrrpRouter,
  instance: VrrpInstance,
  clock: Clock,
  timeoutMs: unknown,
): Promise<FailoverRecord | { readonly error: string }> {
  const nowMs = clock.nowMs();
  if (isOwner(instance)) return { error: "the owner of the addresses cannot hand them over" };
  if (router.standing.state === "master")
    await router.yield(typeof timeoutMs === "number" ? timeoutMs : undefined);
  const { state } = router.standing;
  return { state, to: router.ledger.master?.source ?? null, took_ms: clock.nowMs() - nowMs };
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
