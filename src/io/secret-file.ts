/** Reads a file that keeps a secret, together with who else may read it. */
import type { SecretFile } from "./ports.ts";
import { readRegularFile } from "./regular-file.ts";

/**
 * A running router reads it anew: so it must neither wait for a pipe nor be endless.
 * @throws SystemError `no-regular-file`, `too-large` above 64 KiB, or the errno's name
 */
export function readSecretFile(path: string): SecretFile {
  // The mode is that of the very file that is read, whatever the path leads to a moment later.
  const { bytes, stat } = readRegularFile(path, MAX_BYTES);
  return { mode: stat.mode & 0o777, text: new TextDecoder().decode(bytes) };
}

const MAX_BYTES = 65_536;
