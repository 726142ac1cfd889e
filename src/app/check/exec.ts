/** Whether a program of the user's says that a service is alive. */
import { formatDurationMs } from "../../core/duration.ts";
import { LastBytes } from "../../core/last-bytes.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { Ports, ProgramResult, ProgramUser } from "../../io/ports.ts";
import { programFinding } from "../../proto/check/program-end.ts";
import { type CheckFinding, timedOut, unknown } from "../../proto/check/result.ts";
import type { Attempt, Prober } from "./attempt.ts";

export interface ExecPlan {
  readonly user: ProgramUser | undefined; // as ourselves where undefined
  readonly isWeighted: boolean; // exit statuses above 1 are up, with a weight
}

/** Words of a command line, [0] being the program. */
export type ExecTarget = readonly string[];

type Outside = Pick<Ports, "clock" | "runProgram">;

/** A program is never started while its last run, which was killed, has not ended. */
export function execProber(plan: ExecPlan, ports: Outside): Prober<ExecTarget> {
  const running = new Map<ExecTarget, Promise<unknown>>();
  return {
    nameOf: (argv) => argv.map(shellWord).join(" "),
    async probe(argv, attempt) {
      attempt.enter("run");
      const before = running.get(argv);
      if (before !== undefined && !(await endsSoon(before, attempt, ports)))
        return unknown("its last run was killed and has not ended yet", "UNK");
      const ran = runOnce(argv, plan, attempt, ports);
      const entry = ran.finally(() => {
        if (running.get(argv) === entry) running.delete(argv);
      });
      running.set(argv, entry);
      return await ran;
    },
    close: () => {},
  };
}

async function runOnce(
  argv: ExecTarget,
  { user, isWeighted }: ExecPlan,
  attempt: Attempt,
  { clock, runProgram }: Outside,
): Promise<CheckFinding> {
  const printed = new LastBytes(KEPT_BYTES);
  const output = (): CheckFinding["facts"] => ({ output: printed.text });
  attempt.facts = output;
  const result: ProgramResult = await runProgram({
    argv,
    environment: {},
    limitMs: attempt.deadlineMs - clock.nowMs(),
    signal: attempt.signal,
    onOutput: (bytes) => printed.add(bytes),
    ...(user === undefined ? {} : { user }),
  });
  if (result.timedOut) {
    const limitText = formatDurationMs(attempt.deadlineMs - attempt.startedMs);
    return { ...timedOut("run", limitText), facts: output() };
  }
  const finding = programFinding(result, argv[0] ?? "", isWeighted);
  const lastLine = printed.text.trimEnd().split("\n").at(-1) ?? "";
  const detail = lastLine === "" ? finding.detail : `${finding.detail}: ${shortened(lastLine)}`;
  return { ...finding, detail, facts: { ...finding.facts, ...output() } };
}

/** Half of the time is for it, so that there is some left to say so. */
async function endsSoon(run: Promise<unknown>, attempt: Attempt, { clock }: Outside) {
  let cancel = (): void => {};
  const late = new Promise<boolean>((resolve) => {
    const untilMs = (attempt.startedMs + attempt.deadlineMs) / 2;
    cancel = clock.at(untilMs, () => resolve(false));
  });
  const hasEnded = await Promise.race([run.then(() => true), late]);
  cancel();
  return hasEnded;
}

const shortened = (line: string): string =>
  line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED)}...` : line;

const KEPT_BYTES = 4096;
const MOST_QUOTED = 160; // characters
