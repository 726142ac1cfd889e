/** Reads a regular file of bounded size as a whole: nothing to wait for, nothing endless. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";

/** @throws SystemError `EISDIR`, `no-regular-file`, `too-large`, or the errno's name */
export function readRegularFile(
  path: string,
  maxBytes: number,
): { readonly bytes: Uint8Array; readonly stat: Stats } {
  try {
    // To open a device may do something; what is opened may be another file by then.
    refuseOthers(path, statSync(path));
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(fd);
      refuseOthers(path, stat);
      const bytes = readUpTo(fd, stat.size, maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new SystemError("read", path, "too-large", `has more than ${maxBytes} bytes`);
      }
      return { bytes, stat };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (error instanceof SystemError) throw error;
    throw failure("read", path, error);
  }
}

function refuseOthers(path: string, stat: Stats): void {
  if (stat.isDirectory()) throw new SystemError("read", path, "EISDIR", "is a directory");
  if (!stat.isFile()) throw new SystemError("read", path, "no-regular-file", "is no regular file");
}

/** @param size that it says it has: files of /proc have more */
function readUpTo(fd: number, size: number, maxBytes: number): Uint8Array {
  let buffer = new Uint8Array(Math.min(size + 4096, maxBytes));
  for (let length = 0; ; ) {
    const more = readSync(fd, buffer, length, buffer.length - length, null);
    length += more;
    if (more === 0 || length === maxBytes) return buffer.subarray(0, length);
    if (length < buffer.length) continue;
    const longer = new Uint8Array(Math.min(2 * length, maxBytes));
    longer.set(buffer);
    buffer = longer;
  }
}
