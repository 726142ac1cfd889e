/**
 * Answers what is asked of a running virtual router: one JSON object a line, `{"request": ...}`, and
 * one object back, which has the key `error` when the request was not understood.
 */
import { SystemError } from "../../core/errors.ts";
import type { Clock, Closable, ControlClient, Ports } from "../../io/ports.ts";
import type { VrrpEvent } from "./events.ts";
import { isOwner, type VrrpInstance } from "./instance.ts";
import type { VrrpRouter } from "./router.ts";
import { type FailoverRecord, historyRecord, statusRecord } from "./status.ts";
import type { VrrpWatchers } from "./watchers.ts";

/** A router that cannot be asked still runs: why is told, and the rest goes on. */
export async function serveVrrp(
  router: VrrpRouter,
  watchers: VrrpWatchers,
  instance: VrrpInstance,
  ports: Pick<Ports, "clock" | "control" | "pid">,
  emit: (event: VrrpEvent) => void,
): Promise<Closable> {
  try {
    return await ports.control.serve(instance.name, (line, client) => {
      const request = parseRequest(line);
      if (request === "failover") return void failOver(client, router, instance, ports.clock);
      const watches = request === "watch" && watchers.add(client);
      const reply = watches
        ? { type: "status", ...answer("status", router, instance, ports) }
        : answer(request, router, instance, ports);
      client.send(JSON.stringify(reply));
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
): Promise<void> {
  client.keep(() => {});
  const nowMs = clock.nowMs();
  if (isOwner(instance)) {
    client.send(JSON.stringify({ error: "the owner of the addresses cannot hand them over" }));
  } else {
    if (router.standing.state === "master") await router.yield();
    const { state } = router.standing;
    const to = router.ledger.master?.source ?? null;
    const record: FailoverRecord = { state, to, took_ms: clock.nowMs() - nowMs };
    client.send(JSON.stringify(record));
  }
  client.end();
}

function answer(
  request: unknown,
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
    case "watch":
      return { error: "too many watch already" };
    default:
      return { error: "unknown request" };
  }
}

/** @returns undefined for what is no request. */
function parseRequest(line: string): unknown {
  try {
    return Object(JSON.parse(line)).request;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
