/**
 * Programs of the user's that follow the states of a virtual router: in order, one at a time, each
 * with a limit. Arguments are those keepalived gives to a `notify` script; the rest is environment.
 */
import type { Ports, ProgramResult } from "../io/ports.ts";

export interface HookCall {
  /** Words of the user's command line, [0] being the program. */
  readonly argv: readonly string[];
  /** Appended to `argv`: `INSTANCE NAME STATE PRIORITY`. */
  readonly contract: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface HookQueue {
  push(call: HookCall): void;
  /** Resolves when all that was pushed has ended or was given up. */
  drained(): Promise<void>;
}

/**
 * A state that was passed through while earlier hooks hung is still told, up to `MAX_WAITING` calls;
 * beyond that the oldest are given up, for the newest state is what the user's system must learn.
 * @param onTrouble gets one line for each call that failed, ran out of time or was given up.
 */
export function hookQueue(
  ports: Pick<Ports, "runProgram">,
  onTrouble: (line: string) => void,
): HookQueue {
  const waiting: HookCall[] = [];
  let running: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
      const result = await ports.runProgram({
        argv: [...call.argv, ...call.contract],
        environment: call.environment,
        limitMs: HOOK_LIMIT_MS,
      });
      const trouble = describeTrouble(result);
      if (trouble !== undefined) onTrouble(`hook ${call.argv[0]}: ${trouble}`);
    }
    running = undefined;
  };

  return {
    push(call) {
      waiting.push(call);
      if (waiting.length > MAX_WAITING) {
        onTrouble(`hook ${waiting.shift()?.argv[0]}: given up, ${MAX_WAITING} newer ones wait`);
      }
      running ??= work();
    },
    async drained() {
      while (running !== undefined) await running;
    },
  };
}

function describeTrouble(result: ProgramResult): string | undefined {
  if (result.startError !== null) return `could not be started (${result.startError})`;
  if (result.timedOut) return `killed with its process group after ${HOOK_LIMIT_MS / 1000}s`;
  if (result.signal !== null) return `ended by ${result.signal}`;
  return result.exitCode === 0 ? undefined : `exit status ${result.exitCode}`;
}

const HOOK_LIMIT_MS = 30_000;
const MAX_WAITING = 32;
