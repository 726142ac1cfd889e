/** What the end of a program says of a service: the contract of keepalived's MISC_CHECK. */
import { type CheckFinding, down, unknown, up } from "./result.ts";

export interface ProgramEnd {
  readonly exitCode: number | null; // null: it did not end by itself
  readonly signal: string | null;
  readonly startError: string | null; // errno name
}

/**
 * 0 is up, 1 is down; 2 to 255 are up with the weight 0 to 253, or down where `isWeighted` is false, as
 * without `misc_dynamic`.
 * @param program its first word
 */
export function programFinding(
  { exitCode, signal, startError }: ProgramEnd,
  program: string,
  isWeighted: boolean,
): CheckFinding {
  if (startError !== null) {
    const why = NOT_STARTED[startError] ?? "the kernel refused";
    return unknown(`${program} could not be started: ${why} (${startError})`, "UNK");
  }
  if (exitCode === null) return down("PROCERR", `killed by ${signal ?? "a signal"}`, { signal });
  const facts = { exit_status: exitCode };
  if (exitCode === 0) return up("PROCOK", "exit status 0", facts);
  if (exitCode === 1 || !isWeighted) return down("PROCERR", `exit status ${exitCode}`, facts);
  const weight = exitCode - 2;
  return up("PROCOK", `exit status ${exitCode}: weight ${weight}`, { ...facts, weight });
}

const NOT_STARTED: Readonly<Record<string, string>> = {
  ENOENT: "there is no such program, or not the interpreter that it names",
  EACCES: "it may not be executed by that user",
  EPERM: "to run as another user needs root (CAP_SETUID and CAP_SETGID)",
  ENOEXEC: "it is no program for this machine",
  E2BIG: "its arguments and environment are too long",
  EAGAIN: "too many processes here",
  EMFILE: "too many open files here",
  ENFILE: "too many open files on this host",
  ENOMEM: "no memory left here",
};
