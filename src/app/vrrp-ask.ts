/** Asks running virtual routers by their control sockets (`vrrp-control.ts` answers). */
import { SystemError } from "../core/errors.ts";
import type { Ports } from "../io/ports.ts";
import type { HistoryRecord, VrrpStatusRecord } from "./vrrp-status.ts";

type Outside = Pick<Ports, "control">;

/** @returns the names of all instances that run here, or did until they were killed. @throws SystemError */
export function instanceNames({ control }: Outside): readonly string[] {
  const names = control.names();
  if (names.length > 0) return names;
  throw new SystemError("ask", "vrrp run", "not-running", "no instance runs on this host");
}

/** @throws SystemError where nobody answers */
export async function askStatus(name: string, ports: Outside): Promise<VrrpStatusRecord> {
  return await ask(name, "status", "state", ports);
}

/** The latest transitions that the process remembers, oldest first. @throws SystemError */
export async function askHistory(
  name: string,
  count: number,
  ports: Outside,
): Promise<readonly HistoryRecord[]> {
  type Answer = { readonly transitions: readonly HistoryRecord[] };
  const { transitions } = await ask<Answer>(name, "history", "transitions", ports);
  return transitions.slice(-count);
}

/** @param key that an answer to this request has */
async function ask<Answer>(
  name: string,
  request: string,
  key: string & keyof Answer,
  { control }: Outside,
): Promise<Answer> {
  const line = await control.ask(name, JSON.stringify({ request }), LIMIT_MS);
  try {
    const answer = JSON.parse(line);
    if (Object.hasOwn(answer, key)) return answer;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new SystemError("ask", name, "bad-answer", "what answers is no vipkit of this version");
}

const LIMIT_MS = 2000; // a process that is stopped or stuck is not waited for
