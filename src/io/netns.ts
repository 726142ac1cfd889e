/**
 * Network namespaces (network_namespaces(7)): where `ip netns add` keeps them, or any namespace file.
 */
import { closeSync, openSync } from "node:fs";
import { getSystemErrorName } from "node:util";
import { SystemError } from "../core/errors.ts";
import { accepted, native } from "./native.ts";

/**
 * Moves this thread, what it opens later and its children into a namespace; to be called before
 * anything is opened. /sys goes on showing the old one, and so do threads that run already.
 * @param where a name of `ip netns`, or a path such as /proc/PID/ns/net
 */
export function enterNetns(where: string): void {
  const path = where.includes("/") ? where : `/run/netns/${where}`;
  const fd = openNamespace(path, where);
  try {
    accepted(native().setns(fd, CLONE_NEWNET), "setns", where);
  } finally {
    closeSync(fd);
  }
}

function openNamespace(path: string, where: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    const { errno = 0 } = cause as NodeJS.ErrnoException;
    const code = getSystemErrorName(errno);
    const detail = code === "ENOENT" ? "no such network namespace" : "";
    throw new SystemError("netns enter", where, code, detail, { cause });
  }
}

const CLONE_NEWNET = 0x40000000;
