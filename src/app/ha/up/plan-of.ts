/** From what is in force of a keepalived.conf to what `ha up` is to run. */
import type { EffectiveVrrp } from "../../../config/effective/configuration.ts";
import { takingPart } from "../simulate/node-of.ts";
import { notifyPlanOf } from "./notify-of.ts";
import type { HaPlan, PlannedScript } from "./plan.ts";
import type { Programs } from "./programs.ts";
import { plannedRouter } from "./router-of.ts";

/** @param hostName of this host */
export function planOf(vrrp: EffectiveVrrp, programs: Programs, hostName: string): HaPlan {
  const { definitions, groups, globals } = vrrp;
  const instances = takingPart(vrrp);
  const startupDelayMs = globals.vrrp_startup_delay.value ?? 0;
  return {
    routers: instances.map((one) => plannedRouter(one, startupDelayMs)),
    syncGroups: groups.map(({ name, members }) => ({
      name,
      members: members.map(({ value }) => value),
    })),
    scripts: definitions.script.flatMap((one) => (one.isUsable ? scriptOf(one, programs) : [])),
    notify: notifyPlanOf(vrrp, instances, programs, hostName),
    notes: programs.refused,
  };
}

function scriptOf(
  { name, values }: EffectiveVrrp["definitions"]["script"][number],
  programs: Programs,
): PlannedScript | [] {
  const user = programs.userFor(values.user.value);
  if (typeof user === "string") {
    programs.refused.push(`vrrp_script ${name}: ${user}: it is not run`);
    return [];
  }
  const { script, interval, timeout, rise, fall, init_fail } = values;
  const intervalMs = interval.value ?? 1000;
  return {
    name,
    argv: script.value?.argv ?? [],
    user,
    intervalMs,
    timeoutMs: timeout.value ?? intervalMs,
    rise: rise.value ?? 1,
    fall: fall.value ?? 1,
    initFail: init_fail.value !== null,
  };
}
