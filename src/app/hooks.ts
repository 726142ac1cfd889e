/**
 * Programs of the user's that follow the states of a virtual router or of a service: in order, one at a
 * time, each with a limit. A router gives them the arguments that keepalived gives to a `notify` script;
 * the rest is environment.
 */
import type { Cancel, Ports, ProgramResult, ProgramUser } from "../io/ports.ts";

export interface HookCall {
  /** Words of the user's command line, [0] being the program. */
  readonly argv: readonly string[];
  /** Appended to `argv`: `INSTANCE NAME STATE PRIORITY` of a router. */
  readonly contract: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** It follows the end itself, so it is run even in a hurry. */
  readonly final: boolean;
  readonly user?: ProgramUser; // whom it runs as; as ourselves if not given
}

export interface HookQueue {
  push(call: HookCall): void;
  /**
   * Kills what runs and drops what waits, but for final calls: those that are there or still come
   * have `HURRY_LIMIT_MS` altogether.
   */
  hurry(): void;
  /** Resolves when all that was pushed has ended or was given up. */
  drained(): Promise<void>;
}

/**
 * A state that was passed through while earlier hooks hung is still told, up to `mostWaiting` calls;
 * beyond that the oldest are given up, for the newest state is what the user's system must learn.
 * @param onTrouble gets one line for each call that failed, ran out of time or was given up.
 */
export function hookQueue(
  ports: Pick<Ports, "clock" | "runProgram">,
  onTrouble: (line: string) => void,
  mostWaiting = 32,
): HookQueue {
  const waiting: HookCall[] = [];
  let running: { readonly call: HookCall; readonly killer: AbortController } | undefined;
  let worked: Promise<void> | undefined;
  let deadline: Cancel | undefined; // set: in a hurry

  const work = async (): Promise<void> => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
      running = { call, killer: new AbortController() };
      const { signal } = running.killer;
      const result = await ports.runProgram({
        argv: [...call.argv, ...call.contract],
        environment: call.environment,
        limitMs: HOOK_LIMIT_MS,
        signal,
        ...(call.user && { user: call.user }),
      });
      const trouble = describeTrouble(result, signal.aborted);
      if (trouble !== undefined) onTrouble(`hook ${call.argv[0]}: ${trouble}`);
    }
    running = undefined;
    worked = undefined;
    deadline?.();
  };

  const giveUp = (unless: (call: HookCall) => boolean): void => {
    for (const call of waiting.splice(0)) {
      if (unless(call)) waiting.push(call);
      else onTrouble(`hook ${call.argv[0]}: given up, the end is urgent`);
    }
    if (running !== undefined && !unless(running.call)) running.killer.abort();
  };

  return {
    push(call) {
      waiting.push(call);
      if (waiting.length > mostWaiting) {
        onTrouble(`hook ${waiting.shift()?.argv[0]}: given up, ${mostWaiting} newer ones wait`);
      }
      worked ??= work();
    },
    hurry() {
      giveUp(({ final }) => final);
      deadline ??= ports.clock.at(ports.clock.nowMs() + HURRY_LIMIT_MS, () => giveUp(() => false));
    },
    async drained() {
      while (worked !== undefined) await worked;
      deadline?.();
    },
  };
}

function describeTrouble(result: ProgramResult, hurried: boolean): string | undefined {
  if (result.startError !== null) return `could not be started (${result.startError})`;
  if (hurried) return "killed with its process group, the end is urgent";
  if (result.timedOut) return `killed with its process group after ${HOOK_LIMIT_MS / 1000}s`;
  if (result.signal !== null) return `ended by ${result.signal}`;
  return result.exitCode === 0 ? undefined : `exit status ${result.exitCode}`;
}

const HOOK_LIMIT_MS = 30_000;
const HURRY_LIMIT_MS = 5000;
