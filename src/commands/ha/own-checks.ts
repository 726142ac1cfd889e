/** A vrrp_script that is a `vipkit check`: run in this process, where any other program is started as a process of its own. */

import { isSameValue } from "../../core/same-value.ts";
import type { Ports, ProgramOptions, ProgramResult, ProgramUser } from "../../io/ports.ts";
import { COLOURLESS, type Context } from "../define.ts";
import type { Outside } from "../dispatch.ts";

/** `runProgram`, but for checks of ours, which end, print and are stopped alike. They get our own environment alone. */
export function runningOwnChecks(frame: Frame): Ports["runProgram"] {
  const { account, runProgram } = frame.ports;
  return async (options) =>
    isOwnCheck(options, account) ? await runHere(options, frame) : await runProgram(options);
}

type Frame = Pick<Context, "ports" | "dispatch">;

function isOwnCheck({ argv, user }: ProgramOptions, account: ProgramUser): boolean {
  const [program = "", command, ...words] = argv;
  return (
    program.split("/").at(-1) === "vipkit" &&
    command === "check" &&
    (user === undefined || isSameValue(user, account)) &&
    !words.some((word) => NEEDS_PROCESS.test(word))
  );
}

/** It may write files (--metrics, --junit) and start programs (check exec) as it would in a process of its own. */
async function runHere(
  { argv, limitMs, signal, onOutput }: ProgramOptions,
  { ports, dispatch }: Frame,
): Promise<ProgramResult> {
  const stop = new AbortController();
  const told = (line: string): void => {
    if (!stop.signal.aborted) onOutput?.(UTF8.encode(`${line}\n`));
  };
  return await new Promise((resolve) => {
    const end = (result: ProgramResult): void => {
      cancel();
      signal?.removeEventListener("abort", kill);
      resolve(result); // the first one counts: nobody waits for what cannot be stopped
      stop.abort();
    };
    const kill = (): void => end(KILLED);
    const cancel = ports.clock.at(ports.clock.nowMs() + limitMs, () => {
      end({ ...KILLED, timedOut: true });
    });
    signal?.addEventListener("abort", kill);
    if (signal?.aborted) kill();
    else
      void dispatch(argv.slice(1), outsideOf(stop.signal, told, ports)).then((exitCode) =>
        end({ ...KILLED, exitCode, signal: null }),
      );
  });
}

/** Of a program that has no terminal and gets no signal but the one that ends it. */
const outsideOf = (stopped: AbortSignal, told: (line: string) => void, ports: Ports): Outside => ({
  stdout: told,
  stderr: told,
  signal: stopped,
  urgent: stopped,
  unread: stopped,
  lastly: () => {},
  onReload: () => {},
  onStatistics: () => {},
  retitle: () => {},
  interrupted: () => "SIGTERM",
  backlogBytes: () => 0,
  drained: async () => {},
  columns: undefined,
  rows: undefined,
  paint: async () => COLOURLESS,
  openPorts: async () => ports,
});

/** A network namespace is that of a whole process; what goes on until it is killed gives no answer here either. */
const NEEDS_PROCESS = /^--(netns|watch|until-up|until-down)(=|$)/;
const KILLED = { exitCode: null, signal: "SIGKILL", startError: null, timedOut: false } as const;
const UTF8 = new TextEncoder();
