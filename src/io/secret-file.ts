/** Reads a file that keeps a secret, together with who else may read it. */
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { SystemError } from "../core/errors.ts";
import type { SecretFile } from "./ports.ts";

/** @throws SystemError */
export function readSecretFile(path: string): SecretFile {
  try {
    const fd = openSync(path, "r");
    try {
      // Of the very file that is read, whatever the path leads to a moment later.
      return { mode: fstatSync(fd).mode & 0o777, text: readFileSync(fd, "utf8") };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const { code = "EIO" } = error as NodeJS.ErrnoException;
    throw new SystemError("read", path, code, "", { cause: error });
  }
}
