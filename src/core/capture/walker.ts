/** How `CaptureReader` and the readers of a format share the work: one has the chunks, the other knows what they say. */
import type { Chunk } from "./chunk.ts";

/** Where and why a walk came to a halt; what is not said is 0. */
export interface Halt {
  readonly at: number; // in the chunk
  /** Bytes that must stand there, from `at`, before it can go on. */
  readonly needed?: number;
  /** Bytes from `at` that say nothing and need not stay; more may be meant than are there. */
  readonly ignored?: number;
  /** Bytes before `at` that belong to what is being read. */
  readonly begun?: number;
  /** What is being read cannot be read; there is no going on. */
  readonly fault?: string;
}

export interface Walker {
  /** Reads all that stands whole from `start` to before `end`; called again from where it halted. */
  walk(chunk: Chunk, start: number, end: number): Halt;
}
