/** Which processes are meant, by the rules of `track_process` of keepalived, and whether they are enough. */
import { counted } from "../../core/counted.ts";
import { type CheckFinding, down, unknown, up } from "./result.ts";

export interface ProcessPattern {
  /** Whether a name is that of the program as it was called (argv[0]), not that which the kernel keeps. */
  readonly isFull: boolean;
  /** Arguments behind the name; undefined where they do not matter. */
  readonly parameters: readonly string[] | undefined;
  /**
   * exact: these and no others; partial: they are the first ones; initial: likewise, and the last of them
   * need only be the begin of what stands there.
   */
  readonly match: "exact" | "initial" | "partial";
}

/** Whether a process could be meant, by the name that the kernel keeps: its first 15 bytes. */
export const hasName = (wanted: string, comm: string): boolean => commOf(wanted) === commOf(comm);

/** @param comm of the kernel; @param argv of the process, [0] its name */
export function isMeant(
  wanted: string,
  { isFull, parameters, match }: ProcessPattern,
  comm: string,
  argv: readonly string[],
): boolean {
  if (isFull ? argv[0] !== wanted : !hasName(wanted, comm)) return false;
  if (parameters === undefined) return true;
  const given = argv.slice(1);
  if (match === "exact" && given.length !== parameters.length) return false;
  const last = parameters.length - 1;
  return parameters.every((parameter, at) =>
    match === "initial" && at === last
      ? given[at]?.startsWith(parameter) === true
      : given[at] === parameter,
  );
}

export interface ProcessQuorum {
  readonly min: number;
  readonly max: number; // infinite where there is no bound
}

/** @param isPartial there may be more, which we do not see */
export function processFinding(
  pids: readonly number[],
  { min, max }: ProcessQuorum,
  isPartial: boolean,
): CheckFinding {
  const facts = { instances: pids.length, pids: pids.slice(0, MOST_TOLD) };
  const { length } = pids;
  const text =
    length === 0 ? "none runs" : `${counted(length, "process")} ${length === 1 ? "runs" : "run"}`;
  if (pids.length > max) return down("PROCERR", `${text}, at most ${max} should`, facts);
  const isEnough = pids.length >= min;
  if (isPartial && (!isEnough || Number.isFinite(max)))
    return unknown(`${text} that we see, and /proc shows us not all of them`, "UNK", facts);
  return isEnough
    ? up("PROCOK", text, facts)
    : down("PROCERR", `${text}, at least ${min} should`, facts);
}

/** TASK_COMM_LEN of linux/sched.h, without its end. */
const COMM_BYTES = 15;
const MOST_TOLD = 100;

function commOf(name: string): string {
  const bytes = new TextEncoder().encode(name);
  return bytes.length <= COMM_BYTES
    ? name
    : new TextDecoder().decode(bytes.subarray(0, COMM_BYTES));
}
