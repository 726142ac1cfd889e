/** A file of bounded length as text. */
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";

/** @param path `-` is standard input. @throws UsageError where it is longer, SystemError */
export async function readText(
  path: string,
  mostBytes: number,
  files: Pick<Ports["files"], "read">,
  signal: AbortSignal,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  await files.read(
    path,
    (chunk) => {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new UsageError(`${path} is longer than ${mostBytes >> 20} MiB`);
      text += decoder.decode(chunk, { stream: true });
    },
    signal,
  );
  signal.throwIfAborted(); // else what came so far would pass for all
  return text + decoder.decode();
}
