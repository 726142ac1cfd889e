/** A file as a whole, of bounded length: a body to be sent, certificates. */
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";

/** @param path `-` is standard input. @throws UsageError above `limitBytes`, SystemError */
export async function readWhole(
  path: string,
  limitBytes: number,
  files: Pick<Ports["files"], "read">,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  await files.read(
    path,
    (chunk) => {
      length += chunk.length;
      if (length > limitBytes) throw new UsageError(`${path} is longer than ${limitBytes} bytes`);
      chunks.push(chunk.slice());
    },
    signal,
  );
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Texts of PEM (RFC 7468), 1 MiB at most; null where no file is named. @throws UsageError, SystemError */
export async function readPem(
  path: string | undefined,
  files: Pick<Ports["files"], "read">,
  signal: AbortSignal,
): Promise<string | null> {
  if (path === undefined) return null;
  const text = new TextDecoder().decode(await readWhole(path, MOST_PEM_BYTES, files, signal));
  if (!text.includes("-----BEGIN ")) throw new UsageError(`${path} has nothing in PEM form`);
  return text;
}

const MOST_PEM_BYTES = 1 << 20;
