/**
 * A Linux with IPVS where the host has none: Debian's user-mode-linux is a kernel that runs as a process, here
 * with the files of the host as its own. It has no network but its own loopback.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program } from "./program.ts";

/** Why it cannot run here, in one line; false when it can. Usable as the `skip` of a test. */
export function ipvsKernelMissing(...programs: readonly string[]): string | false {
  if (process.getuid?.() !== 0) return "needs root: files of the host are its own";
  for (const program of ["linux.uml", "modprobe", "ipvsadm", ...programs])
    if (spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0) return `needs ${program}`;
  return !existsSync(MODULES) && `needs ${MODULES}`;
}

/** Runs these lines of a shell in it, then halts. Its lines are theirs. @param folder for a file of ours */
export function bootIpvs(folder: string, lines: readonly string[]): Program {
  const init = join(folder, "init");
  writeFileSync(init, ["#!/bin/sh", ...BEFORE, ...lines, "halt -f", ""].join("\n"));
  chmodSync(init, 0o755);
  return new Program("linux.uml", ["linux.uml", `init=${init}`, ...KERNEL]);
}

const MODULES = "/usr/lib/uml/modules";
const KERNEL = [
  ...["mem=1G", "root=/dev/root", "rootfstype=hostfs", "hostfs=/", "rw", "quiet"],
  ...["con=null", "con0=fd:0,fd:1"],
];
/** The kernel loads what it misses, a scheduler or the bridge, by the program that `modprobe` names. */
const BEFORE = [
  "export PATH=/usr/sbin:/usr/bin:/sbin:/bin",
  "mount -t proc proc /proc",
  "mount -t sysfs sys /sys",
  "mount -t tmpfs none /run",
  "mkdir -p /run/kernel/lib/modules",
  `mount --bind ${MODULES} /run/kernel/lib/modules`,
  `printf '#!/bin/sh\nexec /sbin/modprobe -d /run/kernel "$@"\n' >/run/modprobe`,
  "chmod +x /run/modprobe",
  "echo /run/modprobe >/proc/sys/kernel/modprobe",
  "/run/modprobe ip_vs",
  "ip link set lo up",
];
