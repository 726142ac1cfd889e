/**
 * Network namespaces (network_namespaces(7)): where `ip netns add` keeps them, or any namespace file.
 */
import { closeSync, openSync } from "node:fs";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";
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
    const op = "netns enter";
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw failure(op, where, cause);
    throw new SystemError(op, where, "ENOENT", "no such network namespace", { cause });
  }
}

const CLONE_NEWNET = 0x40000000;
