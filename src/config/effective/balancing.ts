/** How a virtual server spreads connections: protocol, scheduler with its flags, forwarding, persistence, quorum. */
import {
  FLAG_OF_SCHEDULER,
  HA_SUSPEND_DROPPED,
  HYSTERESIS_LOWERED,
  NO_METHOD,
  NO_PROTOCOL,
  NO_SCHEDULER,
  OPS_DROPPED,
  PERSISTENCE_SET,
  PROTOCOL_OF_MARK,
  QUORUM_LOWERED,
} from "../codes/lvs.ts";
import { comparePlaces } from "../place.ts";
import { corrected } from "./completing.ts";
import { byDefault } from "./in-force.ts";
import type { ServiceCompletion } from "./service-completion.ts";

/** What keepalived ignores while it reads the block. */
export function completeFlags(completion: ServiceCompletion): void {
  const { written } = completion;
  const { lvs_sched: scheduler } = written;
  for (const flag of FLAGS) {
    const setting = written[flag];
    if (setting === null) continue;
    const isHashing = scheduler !== null && ["sh", "mh"].includes(scheduler.value);
    const isAbove =
      scheduler !== null && comparePlaces(scheduler.span.place, setting.span.place) < 0;
    if (isHashing && isAbove) continue;
    const why = isHashing ? "its scheduler is set below" : "its scheduler is neither sh nor mh";
    completion.correct(flag, null, FLAG_OF_SCHEDULER, `'${flag}' is ignored: ${why}`);
  }
}

const FLAGS = ["sh-port", "sh-fallback", "mh-port", "mh-fallback", "hashed"] as const;

export function completeProtocol(completion: ServiceCompletion): void {
  const { draft, written, hasMark, ports } = completion;
  const it = `virtual_server ${draft.name}`;
  if (draft.ha_suspend.value !== null && hasMark) {
    completion.correct("ha_suspend", null, HA_SUSPEND_DROPPED, `${it} is a firewall mark`);
  }
  if (ports.length === 0) {
    const isMark = hasMark && written.protocol !== null;
    if (isMark) {
      const message = `protocol of ${it} is ignored: a firewall mark has none`;
      completion.correct("protocol", null, PROTOCOL_OF_MARK, message, { help: "leave it out" });
    } else draft.protocol = byDefault(null);
    return;
  }
  if (written.protocol === null) {
    const help = "write protocol TCP, UDP or SCTP";
    completion.supply(
      "protocol",
      "UDP",
      NO_PROTOCOL,
      `${it} has no protocol, and becomes UDP`,
      help,
    );
  }
  if (draft.ops.value !== null && draft.protocol.value !== "UDP") {
    completion.correct(
      "ops",
      null,
      OPS_DROPPED,
      `'ops' is of UDP, ${it} is ${draft.protocol.value}`,
    );
  }
  if (draft.persistence_timeout.value === null && ports.includes(null)) {
    const message = `${it} has no port, and gets persistence_timeout ${PERSISTENCE_S}`;
    const found = completion.tell(PERSISTENCE_SET, null, message);
    draft.persistence_timeout = corrected(draft.persistence_timeout, PERSISTENCE_S, found);
  }
}

const PERSISTENCE_S = 360;

export function completeScheduler(completion: ServiceCompletion): void {
  const { draft, written } = completion;
  const it = `virtual_server ${draft.name}`;
  if (written.lvs_sched === null) {
    const message = `${it} has no scheduler, and gets ${draft.lvs_sched.value}`;
    const help = `write lvs_sched ${draft.lvs_sched.value}`;
    completion.supply("lvs_sched", draft.lvs_sched.value, NO_SCHEDULER, message, help);
  }
  const { sorry_server: sorry, sorry_server_lvs_method: ofSorry } = written;
  const isNeeded =
    written.real_server.some(({ value }) => value.body.lvs_method === null) ||
    (sorry !== null && ofSorry === null);
  if (written.lvs_method !== null || !isNeeded) return;
  const message = `${it} has no forwarding method, and gets ${draft.lvs_method.value.method}`;
  const help = `write lvs_method ${draft.lvs_method.value.method}`;
  completion.supply("lvs_method", draft.lvs_method.value, NO_METHOD, message, help);
}

/** @param weight of all real servers together */
export function completeQuorum(completion: ServiceCompletion, weight: number): void {
  const { draft } = completion;
  const { value: quorum } = draft.quorum;
  if (quorum > weight) {
    const message = `quorum ${quorum} becomes ${weight}, the weight of all real servers of virtual_server ${draft.name}`;
    completion.correct("quorum", weight, QUORUM_LOWERED, message);
  }
  const most = Math.max(0, draft.quorum.value - 1);
  const { value: hysteresis } = draft.hysteresis;
  if (hysteresis <= most) return;
  const message = `hysteresis ${hysteresis} becomes ${most}: it has to be below quorum ${draft.quorum.value}`;
  completion.correct("hysteresis", most, HYSTERESIS_LOWERED, message);
}
