/** A process with all that it started and that still runs (proc(5), task/TID/children). */
import { readdirSync, readFileSync } from "node:fs";

/** Its pid first. */
export function processTree(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((tid) =>
    (readFileSync(`/proc/${pid}/task/${tid}/children`, "utf8").match(/\d+/g) ?? []).map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

/** The memory of all of it together: a page that several processes share counts for each in part. */
export function pssMb(pid: number): number {
  const kilobytes = processTree(pid).map((one) =>
    Number(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, "utf8"))?.[1]),
  );
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}
