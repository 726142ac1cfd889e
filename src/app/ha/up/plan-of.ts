/** From what is in force of a keepalived.conf to what `ha up` is to run. */

import { NO_SUCH_INTERFACE } from "../../../config/codes/host.ts";
import type { EffectiveVrrp } from "../../../config/effective/configuration.ts";
import type { Finding } from "../../../config/finding.ts";
import { type CheckedConfiguration, errorsOf } from "../check-configuration.ts";
import { takingPart } from "../simulate/node-of.ts";
import type { HaPlan, PlannedScript } from "./plan.ts";
import { plannedRouter } from "./router-of.ts";

/** What keeps it from being run: every error, but an interface that is missing is waited for. */
export const hindrancesTo = (checked: CheckedConfiguration): readonly Finding[] =>
  errorsOf(checked).filter(({ kind }) => kind !== NO_SUCH_INTERFACE);

export function planOf(vrrp: EffectiveVrrp): HaPlan {
  const { definitions, groups, globals } = vrrp;
  const startupDelayMs = globals.vrrp_startup_delay.value ?? 0;
  return {
    routers: takingPart(vrrp).map((one) => plannedRouter(one, startupDelayMs)),
    syncGroups: groups.map(({ name, members }) => ({
      name,
      members: members.map(({ value }) => value),
    })),
    realtimePriority: globals.vrrp_rt_priority.value,
    scripts: definitions.script.flatMap((one) => (one.isUsable ? scriptOf(one) : [])),
  };
}

function scriptOf({ name, values }: EffectiveVrrp["definitions"]["script"][number]): PlannedScript {
  const { script, interval, timeout, rise, fall, init_fail } = values;
  const intervalMs = interval.value ?? 1000;
  return {
    name,
    argv: script.value?.argv ?? [],
    user: null,
    intervalMs,
    timeoutMs: timeout.value ?? intervalMs,
    rise: rise.value ?? 1,
    fall: fall.value ?? 1,
    initFail: init_fail.value !== null,
  };
}
