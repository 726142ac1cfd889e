/** What Node.js throws for a refused system call, as the error that a user may meet. */
import { getSystemErrorMap } from "node:util";
import { SystemError } from "../core/errors.ts";

/** `write /tmp/x: no space left on device (ENOSPC)`: the words of libuv, without Node's own. */
export function failure(op: string, subject: string, error: unknown): SystemError {
  const { code = "EIO" } = error as NodeJS.ErrnoException;
  return new SystemError(op, subject, code, wordsOf(code), { cause: error });
}

/** Empty for a code that is no errno's name. */
function wordsOf(code: string): string {
  for (const [name, words] of getSystemErrorMap().values()) if (name === code) return words;
  return "";
}
