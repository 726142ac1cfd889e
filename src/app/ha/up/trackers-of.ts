/** From vrrp_script, track_file and vrrp_track_process to what is asked, run and watched. */
import type { EffectiveVrrp } from "../../../config/effective/configuration.ts";
import { isSaid } from "../../../config/effective/in-force.ts";
import type { HaPlan, PlannedFile, PlannedProcess, PlannedScript } from "./plan.ts";

type Definitions = EffectiveVrrp["definitions"];

/** Those that nobody tracks are left out, as keepalived does. */
export function trackersIn({
  definitions,
  named,
}: EffectiveVrrp): Pick<HaPlan, "scripts" | "files" | "processes"> {
  const tracked = <D extends { readonly name: string; readonly isUsable: boolean }>(
    kind: string,
    all: readonly D[],
  ): D[] => all.filter(({ name, isUsable }) => isUsable && named.has(`${kind} ${name}`));
  return {
    scripts: tracked("script", definitions.script).map(scriptOf),
    files: tracked("file", definitions.file).map(fileOf),
    processes: tracked("process", definitions.process).map(processOf),
  };
}

function scriptOf({ name, values }: Definitions["script"][number]): PlannedScript {
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

const fileOf = ({
  name,
  values: { file, init_file },
}: Definitions["file"][number]): PlannedFile => ({
  name,
  path: file.value ?? "",
  init: init_file.value,
});

/** Arguments are compared where there are any, or where it is said how. */
function processOf({ name, values }: Definitions["process"][number]): PlannedProcess {
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
