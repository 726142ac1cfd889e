/** Several virtual routers of `ha up` hand over at once. */
import type { VrrpState } from "../../../../proto/vrrp/facts.ts";
import { ASK_LIMIT_MS } from "../../../asking.ts";
import { LONGEST_HAND_OVER_MS } from "../../../vrrp/ask.ts";
import type { HaPlan } from "../plan/plan.ts";
import type { Supervisor } from "./supervisor.ts";

/** What became of one of them: nothing where its state is still master. */
export interface HandOverRecord {
  readonly instance: string;
  readonly before: VrrpState | null;
  readonly state: VrrpState | null; // null: it could not be asked
  readonly to: string | null; // whose adverts are heard now
  readonly took_ms: number | null;
  readonly refusal: string | null;
}

/**
 * Those that a name means: an instance, which goes with the whole of its sync group, or a group.
 * @param name undefined: all
 */
export function instancesNamed(name: string | undefined, plan: HaPlan): readonly string[] {
  const names = plan.routers.map(({ instance }) => instance.name);
  if (name === undefined) return names;
  const meant = new Set(names.filter((one) => one === name));
  for (const group of plan.syncGroups) {
    if (group.name !== name && !group.members.includes(name)) continue;
    for (const member of group.members) meant.add(member);
  }
  return names.filter((one) => meant.has(one));
}

/** Resolves when for each somebody took over or nobody did. @param withinMs undefined: as long as it needs */
export async function handOver(
  instances: readonly string[],
  withinMs: number | undefined,
  supervisor: Supervisor,
): Promise<readonly HandOverRecord[]> {
  const request = { request: "failover", timeout_ms: withinMs ?? null };
  const limitMs = ASK_LIMIT_MS / 2 + (withinMs ?? LONGEST_HAND_OVER_MS);
  return await Promise.all(
    instances.map(async (instance): Promise<HandOverRecord> => {
      const before = supervisor.states.get(instance) ?? null;
      const question = { kind: "router", instance, request } as const;
      const answer = (await supervisor.vrrp.ask(question, limitMs)) ?? NO_ANSWER;
      const { state = null, to = null, took_ms = null, error = null } = answer as Answer;
      return { instance, before, state, to, took_ms, refusal: error };
    }),
  );
}

type Answer = Partial<Pick<HandOverRecord, "state" | "to" | "took_ms">> & {
  readonly error?: string;
};

const NO_ANSWER = { error: "the process of the routers does not answer" };
