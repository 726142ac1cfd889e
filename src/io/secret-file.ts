/** Reads a file that keeps a secret, together with who else may read it. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";
import type { SecretFile } from "./ports.ts";

/**
 * A running router reads it anew: so it must neither wait for a pipe nor be endless.
 * @throws SystemError `no-regular-file`, `too-large` above 64 KiB, or the errno's name
 */
export function readSecretFile(path: string): SecretFile {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      // Of the very file that is read, whatever the path leads to a moment later.
      const stat = fstatSync(fd);
      if (stat.isDirectory()) throw new SystemError("read", path, "EISDIR", "is a directory");
      if (!stat.isFile()) {
        throw new SystemError("read", path, "no-regular-file", "is no regular file");
      }
      const bytes = new Uint8Array(MAX_BYTES + 1);
      const length = readSync(fd, bytes);
      if (length > MAX_BYTES) {
        throw new SystemError("read", path, "too-large", `has more than ${MAX_BYTES} bytes`);
      }
      const text = new TextDecoder().decode(bytes.subarray(0, length));
      return { mode: stat.mode & 0o777, text };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (error instanceof SystemError) throw error;
    throw failure("read", path, error);
  }
}

const MAX_BYTES = 65_536;
