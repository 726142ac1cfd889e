/** The body of an answer while it comes: counted, digested, its begin kept; never all of it. */
import type { Hash } from "node:crypto";
import type { Readable } from "node:stream";
import { SystemError } from "../core/errors.ts";
import type { HttpBody, HttpBodyWanted } from "../core/http.ts";
import type { Limit } from "./ports.ts";

/** @param tell the error as the port promises it. @throws SystemError, the reason of `signal` */
export async function readHttpBody(
  message: Readable,
  { keepBytes, limitBytes, md5, sha256 }: HttpBodyWanted,
  tell: (error: Error) => SystemError,
  signal: Limit,
): Promise<HttpBody> {
  const names = [...(md5 ? ["md5"] : []), ...(sha256 ? ["sha256"] : [])];
  const digests = new Map<string, Hash>();
  if (names.length > 0) {
    const { createHash } = await import("node:crypto"); // 2 ms that others need not pay
    for (const name of names) digests.set(name, createHash(name));
  }
  const chunks: Uint8Array[] = [];
  let [bytes, keptBytes] = [0, 0];
  const isCut = await new Promise<boolean>((resolve, reject) => {
    const abort = (): void => end(() => reject(signal.reason));
    const end = (settle: () => void): void => {
      signal.removeEventListener("abort", abort);
      message.off("data", onData);
      message.pause();
      settle();
    };
    const onData = (chunk: Uint8Array): void => {
      bytes += chunk.length;
      for (const digest of digests.values()) digest.update(chunk);
      if (keptBytes < keepBytes) {
        const part = chunk.slice(0, keepBytes - keptBytes); // a copy: the chunk may be a part of more
        keptBytes += part.length;
        chunks.push(part);
      }
      if (bytes > limitBytes) end(() => resolve(true));
    };
    message.on("error", (error) => end(() => reject(signal.aborted ? signal.reason : tell(error))));
    message.on("end", () => end(() => resolve(false)));
    message.on("close", () =>
      end(() =>
        reject(new SystemError("read", "the body", "cut-off", "the connection ended within it")),
      ),
    );
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    else message.on("data", onData);
  });
  const digestOf = (name: string): string | null => digests.get(name)?.digest("hex") ?? null;
  return {
    bytes,
    kept: Buffer.concat(chunks),
    isCut,
    md5: digestOf("md5"),
    sha256: digestOf("sha256"),
  };
}
