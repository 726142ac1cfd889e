/** How the processes of `ha up` are named and scheduled: planned from global_defs, and done by each itself. */
import type { Globals } from "../../../config/effective/globals.ts";
import { isSaid } from "../../../config/effective/in-force.ts";
import type { Ports } from "../../../io/ports.ts";
import { refusalOf } from "../../vrrp/holdings.ts";
import type { HaPlan, OwnProcess } from "./plan/plan.ts";

export function ownProcessesOf(globals: Globals): HaPlan["own"] {
  const { process_name, vrrp_process_name, checker_process_name, process_names } = globals;
  const nameOf = (own: Globals["process_name"], usual: string): string | null => {
    if (isSaid(own)) return own.value;
    return process_names.value === null ? null : usual;
  };
  return {
    parent: { name: isSaid(process_name) ? process_name.value : null, ...AS_USUAL },
    vrrp: {
      name: nameOf(vrrp_process_name, "keepalived_vrrp"),
      nice: globals.vrrp_priority.value,
      realtimePriority: globals.vrrp_rt_priority.value,
    },
    checkers: {
      name: nameOf(checker_process_name, "keepalived_lvs"),
      nice: globals.checker_priority.value,
      realtimePriority: globals.checker_rt_priority.value,
    },
  };
}

/**
 * To be called with each plan: becomes what is new in it. What is refused is told and lived with.
 * @param role of this process
 */
export function ownProcess(
  role: keyof HaPlan["own"],
  ports: Pick<Ports, "nameProcess" | "scheduleNice" | "scheduleRealtime">,
  trouble: (text: string) => void,
): (plan: Pick<HaPlan, "own">) => void {
  let former: OwnProcess = { name: null, ...AS_USUAL };
  const attempt = <T>(value: T | null, before: T | null, act: (value: T) => void): void => {
    if (value === null || value === before) return;
    const refusal = refusalOf(() => act(value));
    if (refusal !== undefined) trouble(refusal);
  };
  return ({ own: { [role]: own } }) => {
    attempt(own.name, former.name, (name) => ports.nameProcess(name));
    attempt(own.nice, former.nice, (nice) => ports.scheduleNice(nice));
    attempt(own.realtimePriority, former.realtimePriority, (priority) =>
      ports.scheduleRealtime(priority),
    );
    former = own;
  };
}

const AS_USUAL = { nice: null, realtimePriority: null } as const;
