/** When an instance takes over and what it does beside: nopreempt and its kin, and what strict mode leaves of them. */
import {
  CONTRADICTION,
  NOPREEMPT_DROPPED,
  PREEMPT_DELAY_DROPPED,
  STRICT_IGNORES_GLOBAL,
  STRICT_RESETS,
} from "../codes/vrrp.ts";
import type { Setting } from "../keyword.ts";
import { comparePlaces } from "../place.ts";
import type { OneValue, ValueOf } from "./completing.ts";
import type { Completion } from "./completion.ts";
import { OWNER } from "./identity.ts";
import { byDefault, type InForce, isSaid } from "./in-force.ts";
import type { EffectiveInstance } from "./instance.ts";

export function completePreemption(completion: Completion): void {
  const { draft, written } = completion;
  draft.nopreempt = ofTwo(completion, written.nopreempt, written.preempt) ?? byDefault(false);
  const isMaster = draft.state.value === "MASTER";
  if (draft.nopreempt.value && (draft.priority.value === OWNER || isMaster)) {
    const why = draft.priority.value === OWNER ? `priority ${OWNER}` : "state MASTER";
    const help = isMaster ? "write state BACKUP" : null;
    const message = `nopreempt is not used with ${why}`;
    completion.correct("nopreempt", false, NOPREEMPT_DROPPED, message, { help });
  }
  const useless = [
    isMaster && "state MASTER",
    draft.strict_mode.value && "strict mode",
    draft.nopreempt.value && "nopreempt",
  ].find((why) => why !== false);
  if (draft.preempt_delay.value === 0 || useless === undefined) return;
  const message = `preempt_delay is not used with ${useless}`;
  completion.correct("preempt_delay", 0, PREEMPT_DELAY_DROPPED, message);
}

/** Strict mode drops packets for addresses that are not its own; otherwise they are taken. */
export function completeAccepting(completion: Completion): void {
  const { draft, written } = completion;
  const said = ofTwo(completion, written.accept, written.no_accept);
  const isOwner = draft.priority.value === OWNER;
  draft.accept = said ?? byDefault(isOwner || !draft.strict_mode.value);
  if (!draft.accept.value || isOwner || !draft.strict_mode.value || draft.version.value === 3)
    return;
  const message = "accept is not used in strict mode of VRRP version 2";
  completion.correct("accept", false, STRICT_RESETS, message);
}

/** The RFC knows three lost adverts, and silence towards others. */
export function completeStrictness(completion: Completion): void {
  if (!completion.draft.strict_mode.value) return;
  strictly(completion, "down_timer_adverts", 3);
  strictly(completion, "garp_lower_prio_repeat", 0);
  strictly(completion, "garp_lower_prio_delay", 0);
  strictly(completion, "lower_prio_no_advert", true);
  strictly(completion, "higher_prio_send_advert", false);
}

function strictly<K extends OneValue<EffectiveInstance> & keyof Completion["written"]>(
  completion: Completion,
  key: K,
  value: ValueOf<EffectiveInstance, K>,
): void {
  const { draft, written } = completion;
  const before: InForce<unknown> = draft[key];
  if (before.value === value) return;
  const isOwn = written[key] !== null;
  if (!isOwn && (!isSaid(before) || key.startsWith("garp_"))) {
    completion.set(key, byDefault(value));
    return;
  }
  // keepalived says nothing of what is inherited, but for down_timer_adverts.
  const isTold = isOwn || key === "down_timer_adverts";
  const to = typeof value === "boolean" ? (value ? "on" : "off") : `${value}`;
  const message = `${key}${isOwn ? "" : " of global_defs"} becomes ${to} in strict mode`;
  completion.correct(key, value, isTold ? STRICT_RESETS : STRICT_IGNORES_GLOBAL, message);
}

/** Of a setting and its contrary the last one counts. */
function ofTwo(
  completion: Completion,
  yes: Setting<true> | null,
  no: Setting<true> | null,
): InForce<boolean> | null {
  const [first, last = first] = [yes, no]
    .filter((one) => one !== null)
    .sort((a, b) => comparePlaces(a.span.place, b.span.place));
  if (first === undefined || last === undefined) return null;
  if (first !== last) {
    const related = [{ span: first.span, message: "its contrary" }];
    completion.tell(CONTRADICTION, last.span, "this undoes what was written before", { related });
  }
  return { value: last === yes, origin: { kind: "written", span: last.span } };
}
