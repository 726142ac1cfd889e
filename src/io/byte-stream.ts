/** A stream of Node's as our ports have it. */
import type { Duplex } from "node:stream";
import { failure } from "./failure.ts";
import type { ByteStream, Limit } from "./ports.ts";

/** @param subject names it in errors @param cutOff makes its end an abrupt one, when it is destroyed next */
export function byteStream(stream: Duplex, subject: string, cutOff: () => void): ByteStream {
  let error: Error | undefined;
  stream.on("error", (cause) => {
    error = cause;
  });
  /** Until one of the events, which all mean that there is something new. */
  const wait = (events: readonly string[], signal: Limit): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        for (const event of events) stream.off(event, end);
        signal.removeEventListener("abort", end);
        resolve();
      };
      for (const event of events) stream.on(event, end);
      signal.addEventListener("abort", end);
    });
  const bytes: ByteStream = {
    async read(signal) {
      for (;;) {
        signal.throwIfAborted();
        const most = stream.readableLength > MOST_BYTES ? MOST_BYTES : undefined;
        const bytes = stream.read(most) as Uint8Array | null;
        if (bytes !== null) return bytes;
        if (error !== undefined) throw failure("read", subject, error);
        if (stream.readableEnded || stream.destroyed) return undefined;
        await wait(["readable", "end", "error", "close"], signal);
      }
    },
    async write(bytes, signal) {
      signal.throwIfAborted(); // it would not be heard below
      if (error !== undefined) throw failure("write", subject, error);
      if (!stream.write(bytes)) await wait(["drain", "error", "close"], signal);
      signal.throwIfAborted();
      if (error !== undefined) throw failure("write", subject, error);
    },
    close(how) {
      if (stream.destroyed) return;
      if (how === "rst") {
        cutOff();
        stream.destroy();
      } else {
        stream.end();
        stream.resume(); // what still comes is of no interest
        setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
      }
    },
  };
  duplexes.set(bytes, () => stream);
  return bytes;
}

/** What Node's own protocols need: the stream below one of ours, with what was read ahead. */
export function duplexOf(stream: ByteStream): Duplex {
  const duplex = duplexes.get(stream);
  if (duplex === undefined) throw new TypeError("no stream of connectTcp or startTls");
  return duplex();
}

/** How a stream is had from one that was made otherwise. */
export const duplexes = new WeakMap<ByteStream, () => Duplex>();

const GOODBYE_MS = 1000;
const MOST_BYTES = 65_536;
