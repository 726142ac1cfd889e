/** Processes by their names, from /proc (proc(5)). */
import { promises } from "node:fs"; // loaded at their first use, unlike "node:fs/promises"
import { failure } from "./failure.ts";
import type { Limit, ProcessEntry, ProcessTable, RunningProcess } from "./ports.ts";

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

/** See the port. Asks a few at a time of threads, so that the loop runs on whatever hangs in the kernel. */
export async function listProcesses(
  wants: (name: string) => boolean,
  withArguments: boolean,
  signal: Limit,
): Promise<ProcessTable> {
  const entries = await promises.readdir("/proc").catch((error: unknown) => {
    throw failure("read", "/proc", error);
  });
  const pids = entries.filter((one) => /^\d+$/.test(one));
  let isPartial = pids.length > MOST_LISTED || !pids.includes("1"); // hidepid=2 hides init first
  const look = async (pid: string): Promise<ProcessEntry | undefined> => {
    try {
      const stat = await promises.readFile(`/proc/${pid}/stat`, "utf8");
      const end = stat.lastIndexOf(")"); // a name may have some of its own
      const name = stat.slice(stat.indexOf("(") + 1, end);
      if (ENDED.has(stat[end + 2] ?? "") || !wants(name)) return undefined;
      return { pid: Number(pid), name, argv: withArguments ? await argumentsOf(pid) : [] };
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (!GONE.has(code)) isPartial = true; // hidepid=1
      return undefined;
    }
  };
  const processes: ProcessEntry[] = [];
  for (let at = 0; at < Math.min(pids.length, MOST_LISTED); at += AT_ONCE) {
    signal.throwIfAborted();
    const found = await Promise.all(pids.slice(at, at + AT_ONCE).map(look));
    processes.push(...found.filter((one) => one !== undefined));
  }
  return { processes, isPartial };
}

async function argumentsOf(pid: string): Promise<string[]> {
  const file = await promises.open(`/proc/${pid}/cmdline`);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(MOST_ARGUMENT_BYTES));
    const words = new TextDecoder().decode(buffer.subarray(0, bytesRead)).split("\0");
    return words.slice(0, words.at(-1) === "" ? -1 : undefined);
  } finally {
    await file.close();
  }
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
const MOST_LISTED = 65_536;
const AT_ONCE = 32;
const MOST_ARGUMENT_BYTES = 65_536;
/** States of a process that does nothing any more: zombie, dead. */
const ENDED: ReadonlySet<string> = new Set(["Z", "X", "x"]);
/** What reading of one that has ended meanwhile is refused with. */
const GONE: ReadonlySet<string> = new Set(["ENOENT", "ESRCH"]);
