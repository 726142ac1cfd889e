/** From what is in force of a keepalived.conf to what `ha up` is to run. */
import { NO_SUCH_INTERFACE } from "../../../../config/codes/host.ts";
import type { EffectiveInstance } from "../../../../config/effective/instance.ts";
import type { Finding } from "../../../../config/finding.ts";
import type { Ports } from "../../../../io/ports.ts";
import type { Tracker } from "../../../../proto/ha/tracking.ts";
import { type CheckedConfiguration, errorsOf, fatalOf } from "../../check-configuration.ts";
import { dumpPlanOf } from "../../dump/plan-of.ts";
import { takingPart } from "../../router-settings.ts";
import { ownProcessesOf } from "../own-process.ts";
import { pacingOf } from "./announcing-of.ts";
import { linkDelaysOf } from "./link-delays-of.ts";
import { lvsPlanOf } from "./lvs-of.ts";
import { notifyPlanOf } from "./notify-of.ts";
import type { HaPlan } from "./plan.ts";
import type { Programs } from "./programs.ts";
import { plannedRouter } from "./router-of.ts";
import { staticsOf } from "./statics-of.ts";
import { trackersIn } from "./trackers-of.ts";

/** What keeps it from being run, as it keeps keepalived; but an interface that is missing is waited for. */
export const hindrancesTo = (checked: CheckedConfiguration): readonly Finding[] =>
  fatalOf(checked).filter(({ kind }) => kind !== NO_SUCH_INTERFACE);

/** What is wrong in the file itself, whether it keeps it from being run or not. */
export const mistakesIn = (checked: CheckedConfiguration): readonly Finding[] =>
  errorsOf(checked).filter(({ kind }) => kind !== NO_SUCH_INTERFACE);

/** @param hostName of this host. @throws SystemError, UsageError where a key file cannot be read */
export function planOf(
  { configuration, vrrp, lvs }: Pick<CheckedConfiguration, "configuration" | "vrrp" | "lvs">,
  programs: Programs,
  hostName: string,
  ports: Pick<Ports, "readSecretFile" | "environment">,
): HaPlan {
  const { groups, globals } = vrrp;
  const notes: string[] = [];
  const taking = takingPart(vrrp);
  const tracked = trackersIn(vrrp, programs);
  const isRun = new Set(tracked.scripts.map(({ name }) => name));
  for (const one of vrrp.instances) if (!taking.includes(one)) notes.push(whyNot(one));
  return {
    routers: taking.map((one) => {
      const note = (text: string): void => void notes.push(`${one.name}: ${text}`);
      const router = plannedRouter(one, globals, ports, note);
      // A script that is not run tells nobody anything: nobody waits for it.
      const counts = ({ kind, name }: Tracker): boolean => kind !== "script" || isRun.has(name);
      return { ...router, trackers: router.trackers.filter(counts) };
    }),
    statics: staticsOf(configuration, vrrp, (text) => notes.push(text)),
    syncGroups: groups.map(({ name, members }) => ({
      name,
      members: members.map(({ value }) => value),
    })),
    linkDelays: linkDelaysOf(configuration, taking),
    pacing: pacingOf(configuration, globals),
    ...tracked,
    notify: notifyPlanOf(vrrp, taking, programs, hostName),
    lvs: lvsPlanOf(lvs, vrrp.instances, configuration, globals, programs, ports, (text) =>
      notes.push(text),
    ),
    notes: [...notes, ...programs.refused],
    own: ownProcessesOf(vrrp.globals),
    dump: dumpPlanOf(configuration, vrrp, ports.environment("TMPDIR") ?? "/tmp"),
  };
}

function whyNot({ name, group, faults: [fault] }: EffectiveInstance): string {
  const why = fault === undefined ? `a member of ${group} cannot take part` : fault.message;
  return `${name} stays in FAULT: ${why}`;
}
