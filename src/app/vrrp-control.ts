/**
 * Answers what is asked of a running virtual router: one JSON object a line, `{"request": ...}`, and
 * one object back, which has the key `error` when the request was not understood.
 */
import { SystemError } from "../core/errors.ts";
import type { Closable, Ports } from "../io/ports.ts";
import type { VrrpEvent } from "./vrrp-events.ts";
import type { VrrpInstance } from "./vrrp-instance.ts";
import type { VrrpRouter } from "./vrrp-router.ts";
import { historyRecord, statusRecord } from "./vrrp-status.ts";

/** A router that cannot be asked still runs: why is told, and the rest goes on. */
export async function serveVrrp(
  router: VrrpRouter,
  instance: VrrpInstance,
  ports: Pick<Ports, "clock" | "control" | "pid">,
  emit: (event: VrrpEvent) => void,
): Promise<Closable> {
  try {
    return await ports.control.serve(instance.name, (line, client) => {
      client.send(JSON.stringify(answer(line, router, instance, ports)));
      client.end();
    });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    emit({ type: "notice", text: `cannot be asked for its status: ${error.message}` });
    return { close: () => {} };
  }
}

function answer(
  line: string,
  router: VrrpRouter,
  instance: VrrpInstance,
  { clock, pid }: Pick<Ports, "clock" | "pid">,
): object {
  const asked = parseRequest(line);
  const nowMs = clock.nowMs();
  switch (asked?.request) {
    case "status":
      return statusRecord(router, instance, nowMs, pid);
    case "history":
      return { transitions: router.ledger.past.map((past) => historyRecord(past, nowMs)) };
    default:
      return { error: "unknown request" };
  }
}

function parseRequest(line: string): { readonly request?: unknown } | undefined {
  try {
    return Object(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
