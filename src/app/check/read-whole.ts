/** A file as a whole, of bounded length: targets, a body to be sent, certificates. */
import { UsageError } from "../../core/errors.ts";
import type { Limit, Ports } from "../../io/ports.ts";

/** @param path `-` is standard input. @throws UsageError above `limitBytes`, SystemError, the reason of `signal` */
export async function readWhole(
  path: string,
  limitBytes: number,
  files: Pick<Ports["files"], "read">,
  signal: Limit,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  await files.read(
    path,
    (chunk) => {
      length += chunk.length;
      if (length > limitBytes)
        throw new UsageError(`${path} is longer than ${sizeText(limitBytes)}`);
      chunks.push(chunk.slice());
    },
    signal,
  );
  signal.throwIfAborted(); // else what came so far would pass for all
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Likewise, of UTF-8. */
export const readText = async (...asked: Parameters<typeof readWhole>): Promise<string> =>
  new TextDecoder().decode(await readWhole(...asked));

/** Texts of PEM (RFC 7468), 1 MiB at most; null where no file is named. @throws UsageError, SystemError */
export async function readPem(
  path: string | undefined,
  files: Pick<Ports["files"], "read">,
  signal: Limit,
): Promise<string | null> {
  if (path === undefined) return null;
  const text = await readText(path, MOST_PEM_BYTES, files, signal);
  if (!text.includes("-----BEGIN ")) throw new UsageError(`${path} has nothing in PEM form`);
  return text;
}

const sizeText = (bytes: number): string =>
  bytes < 1 << 20 ? `${bytes} bytes` : `${bytes >> 20} MiB`;

const MOST_PEM_BYTES = 1 << 20;
