/** All that routers track and that is found out outside of their process: scripts, files, processes. */
import type { Closable, Ports } from "../../../io/ports.ts";
import type { TrackedState } from "../../../proto/ha/tracking.ts";
import type { TrackedNews } from "./messages.ts";
import type { HaPlan } from "./plan.ts";
import { ScriptRunner } from "./script-runner.ts";
import type { ScriptRecord } from "./status.ts";
import { TrackedFile } from "./tracked-file.ts";
import { TrackedProcess } from "./tracked-process.ts";

export interface TrackedThings extends Closable {
  readonly scripts: readonly ScriptRecord[]; // each as it is now
}

/**
 * Tells of each change from now on.
 * @param known what was found before, by a process that has ended
 */
export function trackThings(
  { scripts, files, processes }: Pick<HaPlan, "scripts" | "files" | "processes">,
  known: readonly TrackedNews[],
  ports: Ports,
  tell: (news: TrackedNews) => void,
  trouble: (text: string) => void,
): TrackedThings {
  const parts: Closable[] = [];
  const runners: ScriptRunner[] = [];
  const knownOf = (kind: TrackedNews["kind"], own: string): TrackedState | undefined =>
    known.find((one) => one.kind === kind && one.name === own)?.state;
  for (const planned of scripts) {
    const { name: own } = planned;
    const script = new ScriptRunner(planned, ports, knownOf("script", own), (name, state) =>
      tell({ kind: "script", name, state }),
    );
    parts.push(script);
    runners.push(script);
    tell({ kind: "script", name: own, state: script.state });
    script.start();
  }
  for (const planned of files) {
    const file = new TrackedFile(planned, ports, {
      onValue: (name, state) => tell({ kind: "file", name, state }),
      onTrouble: trouble,
    });
    parts.push(file);
    void file.start(knownOf("file", planned.name) === undefined);
  }
  for (const planned of processes) {
    const process = new TrackedProcess(planned, ports, {
      onChange: (name, state) => tell({ kind: "process", name, state }),
      onTrouble: trouble,
    });
    parts.push(process);
    process.start();
  }
  return {
    get scripts() {
      return runners.map(({ record }) => record);
    },
    close: () => {
      for (const part of parts.splice(0)) part.close();
    },
  };
}
