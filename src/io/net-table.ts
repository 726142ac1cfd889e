/** Reads what the kernel lists below /proc/net of the present network namespace. */
import { closeSync, openSync, readSync } from "node:fs";

/** @param name e.g. `igmp`. @returns at most 1 MiB of it; undefined where it cannot be read. */
export function readNetTable(name: string): string | undefined {
  try {
    // Not /proc/net, which shows the namespace that the process began in where threads have several.
    const fd = openSync(`/proc/thread-self/net/${name}`, "r");
    try {
      return new TextDecoder().decode(readUpTo(fd, MAX_BYTES));
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

/** The kernel gives a page or so at a time. */
function readUpTo(fd: number, limit: number): Uint8Array {
  const bytes = new Uint8Array(limit);
  let length = 0;
  while (length < limit) {
    const got = readSync(fd, bytes, length, limit - length, null);
    if (got === 0) break;
    length += got;
  }
  return bytes.subarray(0, length);
}

const MAX_BYTES = 1 << 20;
