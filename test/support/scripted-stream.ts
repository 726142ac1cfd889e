/** A connection to somebody who says what he was told to, piece by piece. */
import type { ByteStream } from "../../src/io/ports.ts";

export interface Scripted {
  readonly stream: ByteStream;
  /** All that was written to it. */
  readonly written: () => Uint8Array;
  readonly closed: () => "fin" | "rst" | undefined;
}

/** @param pieces what he says; behind them `end` closes, or he is silent for ever */
export function scriptedStream(
  pieces: readonly (readonly number[] | string)[],
  end: "closes" | "silent" = "closes",
): Scripted {
  const left = [...pieces];
  const said: number[] = [];
  let closed: "fin" | "rst" | undefined;
  const stream: ByteStream = {
    async read(signal) {
      signal.throwIfAborted();
      const piece = left.shift();
      if (piece !== undefined)
        return typeof piece === "string" ? new TextEncoder().encode(piece) : Uint8Array.from(piece);
      if (end === "closes") return undefined;
      await new Promise<void>((resolve) => signal.addEventListener("abort", resolve));
      throw signal.reason;
    },
    write: async (bytes) => void said.push(...bytes),
    close: (how) => {
      closed = how;
    },
  };
  return { stream, written: () => Uint8Array.from(said), closed: () => closed };
}
