/** Puts other bytes into a regular file, whole or not at all. */
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";
import { readRegularFile } from "./regular-file.ts";

/** See `ConfigurationFiles.replace`. */
export function replaceFile(path: string, bytes: Uint8Array, before: Uint8Array): void {
  const { bytes: now, stat } = readRegularFile(path, MAX_BYTES);
  if (Buffer.compare(now, before) !== 0) {
    throw new SystemError("write", path, "changed", "has changed since it was read");
  }
  // root may write all the same; who took the bits away did not want it.
  if ((stat.mode & 0o222) === 0) {
    throw new SystemError("write", path, "read-only", "is read-only: chmod u+w it first");
  }
  // What replaces it would have this name alone, and the others the old bytes.
  if (stat.nlink > 1) {
    const detail = `has ${stat.nlink} names (hard links), of which one alone would be rewritten`;
    throw new SystemError("write", path, "hard-link", detail);
  }
  let unfinished: string | undefined;
  try {
    const target = realpathSync(path);
    unfinished = `${dirname(target)}/.${basename(target)}.vipkit.tmp`;
    rmSync(unfinished, { force: true }); // of a process that died
    const fd = openSync(unfinished, "wx", 0o600);
    try {
      writeFileSync(fd, bytes);
      fchownSync(fd, stat.uid, stat.gid);
      fchmodSync(fd, stat.mode & 0o7777);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(unfinished, target);
  } catch (error) {
    if (unfinished !== undefined) rmSync(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).code === "EPERM" && process.geteuid?.() === 0) {
      const detail = "may not be replaced even by root: lsattr tells whether it is immutable";
      throw new SystemError("write", path, "immutable", detail, { cause: error });
    }
    throw failure("write", path, error);
  }
}

const MAX_BYTES = 16_777_216; // of a configuration file
