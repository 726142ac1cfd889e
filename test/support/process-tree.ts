/** A process with all that it started and that still runs (proc(5), task/TID/children). */
import { readdirSync, readFileSync } from "node:fs";

/** Its pid first. */
export function processTree(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((tid) =>
    (readFileSync(`/proc/${pid}/task/${tid}/children`, "utf8").match(/\d+/g) ?? []).map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}
