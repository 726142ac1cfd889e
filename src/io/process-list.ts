/** Processes by their names, from /proc (proc(5)). */
import { promises } from "node:fs"; // loaded at their first use, unlike "node:fs/promises"
import type { RunningProcess } from "./ports.ts";

/**
 * Those that have one of the names and, where that can be told, work in our network namespace. Looks
 * at one process at a time, so that the loop runs on meanwhile.
 */
export async function findProcesses(names: readonly string[]): Promise<RunningProcess[]> {
  const ours = await readOr("", () => promises.readlink("/proc/self/ns/net"));
  const entries = await readOr([], () => promises.readdir("/proc"));
  const found: RunningProcess[] = [];
  for (const entry of entries.filter((one) => /^\d+$/.test(one)).slice(0, MOST_PROCESSES)) {
    const name = (
      await readOr("", () => promises.readFile(`/proc/${entry}/comm`, "utf8"))
    ).trimEnd();
    if (!names.includes(name)) continue;
    if ((await netnsOf(entry, ours)) === ours) found.push({ pid: Number(entry), name });
  }
  return found;
}

/** Of somebody else's process it cannot be told, so it may be ours; one that has ended has none. */
async function netnsOf(pid: string, ours: string): Promise<string> {
  try {
    return await promises.readlink(`/proc/${pid}/ns/net`);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? ours : "";
  }
}

/** A process may end while it is looked at, or be somebody else's. */
async function readOr<T>(otherwise: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch {
    return otherwise;
  }
}

const MOST_PROCESSES = 10_000;
