/** Lines for `ipvsadm -R` from standard input: all are understood before the first is carried out. */
import type { SystemError } from "../../core/errors.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import { type Mistake, Mistakes, readIpvsadmLines } from "../../proto/ipvs/ipvsadm-lines.ts";
import { readText } from "../check/read-whole.ts";
import { type AdmChange, carryOutAdm, isAdmChange } from "./adm-change.ts";
import type { IpvsKernel } from "./kernel.ts";

/** Where there is a mistake nothing was done, else all but what was refused. */
export interface Restored {
  readonly lines: number; // commands
  readonly mistakes: { readonly first: readonly Mistake[]; readonly count: number };
  readonly refused: readonly { readonly line: number; readonly error: SystemError }[];
}

/** @throws SystemError, UsageError */
export async function restore(
  kernel: IpvsKernel,
  files: Pick<Ports["files"], "read">,
  signal: Limit,
): Promise<Restored> {
  const text = await readText("-", MOST_BYTES, files, signal);
  const mistakes = new Mistakes();
  const placed = [...readIpvsadmLines(text, mistakes)];
  const changes: AdmChange[] = [];
  for (const { command, line, column } of placed) {
    if (isAdmChange(command)) changes.push(command);
    else mistakes.add(line, column, `--${command.kind} does not go into --restore`);
  }
  const refusals = mistakes.count === 0 ? carryOutAdm(kernel, changes) : [];
  return {
    lines: placed.length,
    mistakes,
    refused: refusals.map(({ index, error }) => ({ line: placed[index]?.line ?? 0, error })),
  };
}

const MOST_BYTES = 64 << 20;
