/**
 * The CPU that programs use with all that they started, in nanoseconds of the scheduler
 * (/proc/PID/task/TID/schedstat).
 */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { processTree } from "./process-tree.ts";

/** Of each, in percent of one core, over so long from now on. */
export async function cpuShares(pids: readonly number[], seconds: number): Promise<number[]> {
  const trees = pids.map(processTree);
  const before = trees.map(cpuNs);
  const startNs = process.hrtime.bigint();
  await setTimeout(seconds * 1000);
  const passedNs = Number(process.hrtime.bigint() - startNs);
  return trees.map((tree, n) => (100 * (cpuNs(tree) - (before[n] ?? 0))) / passedNs);
}

function cpuNs(pids: readonly number[]): number {
  const threads = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((tid) => `/proc/${pid}/task/${tid}/schedstat`),
  );
  return threads.reduce((sum, file) => sum + Number(readFileSync(file, "utf8").split(" ")[0]), 0);
}
