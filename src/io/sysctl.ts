/** Reads kernel settings below /proc/sys of the present network namespace. */
import { readFileSync } from "node:fs";

/** @param path e.g. `net/ipv6/conf/eth0/forwarding`. @returns undefined where there is no such setting. */
export function readSysctl(path: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${path}`, "utf8").trim();
  } catch {
    return undefined;
  }
}
