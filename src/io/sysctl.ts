/** Reads and writes kernel settings below /proc/sys of the present network namespace. */
import { readFileSync, writeFileSync } from "node:fs";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";

/** @param path e.g. `net/ipv6/conf/eth0/forwarding`. @returns undefined where there is no such setting. */
export function readSysctl(path: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${path}`, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** @throws SystemError; `ENOENT` where there is no such setting, `EROFS` in most containers. */
export function writeSysctl(path: string, value: string): void {
  try {
    writeFileSync(`/proc/sys/${path}`, value, { flag: "r+" });
  } catch (error) {
    const [op, subject] = ["sysctl write", `${path}=${value}`];
    if ((error as NodeJS.ErrnoException).code !== "EROFS") throw failure(op, subject, error);
    const detail = "/proc/sys is read-only, as in most containers";
    throw new SystemError(op, subject, "EROFS", detail, { cause: error });
  }
}
