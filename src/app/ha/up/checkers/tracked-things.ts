/** All that routers track and that is found out outside of their process: scripts, files, processes. */
import { isSameValue } from "../../../../core/same-value.ts";
import type { Closable, Ports } from "../../../../io/ports.ts";
import type { TrackedState } from "../../../../proto/ha/tracking.ts";
import type { TrackedNews } from "../messages.ts";
import type { ScriptRecord } from "../parent/status.ts";
import type { HaPlan, PlannedFile, PlannedProcess, PlannedScript } from "../plan/plan.ts";
import { fewAtOnce } from "./few-at-once.ts";
import { ScriptRunner } from "./script-runner.ts";
import { TrackedFile } from "./tracked-file.ts";
import { TrackedProcess } from "./tracked-process.ts";

type Planned = PlannedScript | PlannedFile | PlannedProcess;
type Known = TrackedState | undefined;

interface Running {
  readonly planned: Planned;
  readonly part: Closable;
}

/** From plan to plan: what is in both as it was is not disturbed. Each change is told. */
export class TrackedThings implements Closable {
  readonly #ports: Ports;
  readonly #scripting: Pick<Ports, "clock" | "runProgram">;
  readonly #tell: (news: TrackedNews) => void;
  readonly #trouble: (text: string) => void;
  readonly #running = new Map<string, Running>(); // by kind and name

  constructor(
    ports: Ports,
    runScript: Ports["runProgram"],
    tell: (news: TrackedNews) => void,
    trouble: (text: string) => void,
  ) {
    this.#ports = ports;
    const { clock } = ports;
    this.#scripting = { clock, runProgram: fewAtOnce(runScript, MOST_PROGRAMS_AT_ONCE) };
    this.#tell = tell;
    this.#trouble = trouble;
  }

  /** @param known what a process before this one, or what had the same name in another plan, has found */
  apply(
    { scripts, files, processes }: Pick<HaPlan, "scripts" | "files" | "processes">,
    known: readonly TrackedNews[],
  ): void {
    const wanted = new Set<string>();
    const follow = <One extends Planned>(
      kind: TrackedNews["kind"],
      all: readonly One[],
      begin: (planned: One, known: Known) => Closable,
    ): void => {
      for (const planned of all) {
        const key = `${kind} ${planned.name}`;
        wanted.add(key);
        if (isSameValue(this.#running.get(key)?.planned, planned)) continue;
        this.#end(key);
        const { state } = known.find((one) => `${one.kind} ${one.name}` === key) ?? {};
        this.#running.set(key, { planned, part: begin(planned, state) });
      }
    };
    follow("script", scripts, (planned, state) => this.#runScript(planned, state));
    follow("file", files, (planned, state) => this.#readFile(planned, state));
    follow("process", processes, (planned) => this.#watchProcess(planned));
    for (const key of this.#running.keys()) if (!wanted.has(key)) this.#end(key);
  }

  /** Each as it is now. */
  get scripts(): readonly ScriptRecord[] {
    return [...this.#running.values()].flatMap(({ part }) =>
      part instanceof ScriptRunner ? part.record : [],
    );
  }

  close(): void {
    for (const key of this.#running.keys()) this.#end(key);
  }

  #end(key: string): void {
    this.#running.get(key)?.part.close();
    this.#running.delete(key);
  }

  #runScript(planned: PlannedScript, known: Known): Closable {
    const tell = (name: string, state: TrackedState): void =>
      this.#tell({ kind: "script", name, state });
    const script = new ScriptRunner(planned, this.#scripting, known, tell);
    tell(planned.name, script.state);
    script.start();
    return script;
  }

  #readFile(planned: PlannedFile, known: Known): Closable {
    const file = new TrackedFile(planned, this.#ports, {
      onValue: (name, state) => this.#tell({ kind: "file", name, state }),
      onTrouble: this.#trouble,
    });
    void file.start(known === undefined);
    return file;
  }

  #watchProcess(planned: PlannedProcess): Closable {
    const process = new TrackedProcess(planned, this.#ports, {
      onChange: (name, state) => this.#tell({ kind: "process", name, state }),
      onTrouble: this.#trouble,
    });
    process.start();
    return process;
  }
}

/** Those that hang until they are killed leave room for others. */
const MOST_PROGRAMS_AT_ONCE = 100;
