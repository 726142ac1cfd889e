/** A word for a line that a person pastes into a POSIX shell. */
import { printable } from "./printable.ts";

/** As it stands where no shell would read anything into it, else in '…'; control characters are escaped. */
export function shellWord(text: string): string {
  const safe = printable(text);
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}
