/** From vrrp_script, track_file and vrrp_track_process to what is asked, run and watched. */
import type { EffectiveVrrp } from "../../../../config/effective/configuration.ts";
import type { Definition } from "../../../../config/effective/definitions.ts";
import { isSaid } from "../../../../config/effective/in-force.ts";
import type {
  TRACK_FILE,
  VRRP_TRACK_PROCESS,
} from "../../../../config/tables/track-definitions.ts";
import type { VRRP_SCRIPT } from "../../../../config/tables/vrrp-script.ts";
import { scriptSettings } from "../../router-settings.ts";
import type { HaPlan, PlannedFile, PlannedProcess, PlannedScript } from "./plan.ts";
import type { Programs } from "./programs.ts";

/** Those that nobody tracks are left out, as keepalived does. */
export function trackersIn(
  { definitions, named }: EffectiveVrrp,
  programs: Programs,
): Pick<HaPlan, "scripts" | "files" | "processes"> {
  const tracked = <D extends { readonly name: string; readonly isUsable: boolean }>(
    kind: string,
    all: ReadonlyMap<string, D>,
  ): D[] =>
    [...all.values()].filter(({ name, isUsable }) => isUsable && named.has(`${kind} ${name}`));
  return {
    scripts: tracked("script", definitions.script).flatMap((one) => scriptOf(one, programs)),
    files: tracked("file", definitions.file).map(fileOf),
    processes: tracked("process", definitions.process).map(processOf),
  };
}

function scriptOf(one: Definition<typeof VRRP_SCRIPT>, programs: Programs): PlannedScript | [] {
  const { script, user: said } = one.values;
  const user = programs.userFor(said.value);
  const reason = programs.whyNot(script) ?? (typeof user === "string" ? user : undefined);
  if (reason !== undefined || typeof user === "string") {
    programs.refused.push(`vrrp_script ${one.name}: ${reason}: it is not run, and taken for up`);
    return [];
  }
  return { ...scriptSettings(one), argv: script.value?.argv ?? [], user };
}

const fileOf = ({
  name,
  values: { file, init_file },
}: Definition<typeof TRACK_FILE>): PlannedFile => ({
  name,
  path: file.value ?? "",
  init: init_file.value,
});

/** Arguments are compared where there are any, or where it is said how. */
function processOf({ name, values }: Definition<typeof VRRP_TRACK_PROCESS>): PlannedProcess {
  const { process, param_match, full_command, quorum, quorum_max } = values;
  const [program = "", ...given] = process.value?.argv ?? [];
  const parameters = given.length > 0 || isSaid(param_match) ? given : undefined;
  const isFull = full_command.value !== null || parameters !== undefined;
  return {
    name,
    process: program,
    pattern: { isFull, parameters, match: param_match.value ?? "exact" },
    quorum: { min: quorum.value ?? 1, max: quorum_max.value ?? Number.POSITIVE_INFINITY },
    delays: { upMs: values.fork_delay.value ?? 0, downMs: values.terminate_delay.value ?? 0 },
  };
}
