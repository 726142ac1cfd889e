/** Reads a file of any length as it comes, chunk after chunk: a regular one, a FIFO, standard input. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { Socket } from "node:net";
import { isatty } from "node:tty";
import { SystemError } from "../core/errors.ts";
import { failure } from "./failure.ts";
import type { Limit } from "./ports.ts";

type OnChunk = (bytes: Uint8Array) => void | Promise<void>;

/** See `Files.read`. */
export async function readChunks(path: string, onChunk: OnChunk, signal: Limit): Promise<void> {
  const subject = path === "-" ? "standard input" : path;
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw failure("read", subject, error);
    }
  };
  // A FIFO would keep its opener waiting for a writer, whatever signals come.
  const { O_RDONLY, O_NONBLOCK } = constants;
  const fd = path === "-" ? STDIN : attempt(() => openSync(path, O_RDONLY | O_NONBLOCK));
  const stat = attempt(() => fstatSync(fd));
  if (stat.isFIFO() || stat.isSocket()) {
    await readStream(fd, subject, onChunk, signal);
    return;
  }
  try {
    if (isatty(fd)) throw new SystemError("read", subject, "terminal", "is a terminal");
    await readToEnd((buffer) => attempt(() => readSync(fd, buffer)), onChunk, signal);
  } finally {
    if (fd !== STDIN) closeSync(fd);
  }
}

/** Others get their turn after each chunk: signals above all. */
async function readToEnd(
  read: (buffer: Uint8Array) => number,
  onChunk: OnChunk,
  signal: Limit,
): Promise<void> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  while (!signal.aborted) {
    const length = read(buffer);
    if (length === 0) return;
    await onChunk(buffer.subarray(0, length));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** From whom bytes come when they like: each as soon as it is there. Closes it. */
async function readStream(
  fd: number,
  subject: string,
  onChunk: OnChunk,
  signal: Limit,
): Promise<void> {
  const stream = new Socket({ fd, readable: true, writable: false });
  const stop = () => stream.destroy();
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    for await (const chunk of stream) {
      await onChunk(chunk as Uint8Array);
      if (signal.aborted) return;
    }
  } catch (error) {
    if (error === stream.errored) throw failure("read", subject, error);
    const isOurStop = (error as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE";
    if (!isOurStop || !signal.aborted) throw error; // of `onChunk`
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

const STDIN = 0;
/** It fits the cache of a core: four times as many bytes at once take longer. */
const CHUNK_BYTES = 262_144;
