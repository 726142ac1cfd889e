/** The `Files` port: files for their owner alone, where nothing else is said; whole ones are written beside the event loop. */
// `promises` are loaded at their first use, unlike "node:fs/promises": most commands write no files.
import { mkdirSync, promises, rmdirSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { SystemError } from "../core/errors.ts";
import { createFile } from "./buffered-file.ts";
import { failure } from "./failure.ts";
import type { Files } from "./ports.ts";

export const files: Files = {
  makeDirectory: (path) => {
    try {
      // Not with its parents: Node.js then tries for ever where a file system makes none, as /proc.
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) mkdirSync(path, 0o700);
      return resolve(path);
    } catch (error) {
      throw failure("mkdir", path, error);
    }
  },
  tryDirectory: (path) => {
    const isThere = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    files.makeDirectory(path);
    if (!isThere) rmdirSync(path);
  },
  list: async (directory) => await attempt("read", directory, promises.readdir(directory)),
  remove: async (path) => await attempt("remove", path, promises.rm(path, { force: true })),
  write: async (path, chunks, readers = "owner") => {
    if (isNoFile(path)) return writeThrough(path, chunks);
    const file = await promises.realpath(path).catch(() => path); // a link goes on leading there
    await replace(path, file, chunks, { mode: readers === "all" ? 0o644 : 0o600, isKept: true });
  },
  writeAnew: async (path, chunks) => {
    if (isNoFile(path))
      throw new SystemError("write", path, "no-regular-file", "it is there, and no file");
    await replace(path, path, chunks, { mode: 0o600, isKept: false });
  },
  append: async (path, bytes) => await attempt("append", path, appendLines(path, bytes)),
  rename: async (path, to) => await attempt("rename", path, promises.rename(path, to)),
  // What reads from pipes is for few commands.
  read: async (...args) => await (await import("./file-chunks.ts")).readChunks(...args),
  create: createFile,
};

interface Writing {
  readonly mode: number;
  readonly isKept: boolean; // also when the host goes down at once
}

/** @param path as errors have it */
async function replace(
  path: string,
  file: string,
  chunks: Iterable<Uint8Array>,
  how: Writing,
): Promise<void> {
  const unfinished = `${dirname(file)}/.${basename(file)}.${unique()}.tmp`;
  try {
    await writeAll(unfinished, chunks, how);
    await promises.rename(unfinished, file);
  } catch (error) {
    await promises.rm(unfinished, { force: true }).catch(() => {}); // the first error says why
    throw failure("write", path, error);
  }
}

/** A device, a FIFO: to be written to. A file that took its name would replace it. */
const isNoFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === false;

function writeThrough(path: string, chunks: Iterable<Uint8Array>): void {
  const writer = createFile(path);
  try {
    for (const chunk of chunks) writer.write(chunk);
  } finally {
    writer.close();
  }
}

/** One chunk is made when the one before is written, so that nothing else of this process waits for long. */
async function writeAll(
  path: string,
  chunks: Iterable<Uint8Array>,
  { mode, isKept }: Writing,
): Promise<void> {
  const file = await promises.open(path, "wx", mode);
  try {
    for (const chunk of chunks) await file.writeFile(chunk);
    if (isKept) await file.datasync();
  } finally {
    await file.close();
  }
}

async function appendLines(path: string, bytes: Uint8Array): Promise<number> {
  const file = await promises.open(path, "a+", 0o600).catch(async (error) => {
    if (error.code !== "ENOENT") throw error;
    await promises.mkdir(dirname(path), { mode: 0o700 });
    return await promises.open(path, "a+", 0o600);
  });
  try {
    const { size } = await file.stat();
    const last = new Uint8Array(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const isTorn = size > 0 && last[0] !== LINE_END;
    const whole = isTorn ? Uint8Array.of(LINE_END, ...bytes) : bytes;
    try {
      await file.writeFile(whole);
      await file.datasync();
    } catch (error) {
      await file.truncate(size).catch(() => {}); // the first error says why
      throw error;
    }
    return size + whole.length;
  } finally {
    await file.close();
  }
}

/** Others may write the same file at the same time: each one whole, and the last one stays. */
const unique = (): string => Math.random().toString(36).slice(2);

async function attempt<T>(op: string, path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw failure(op, path, error);
  }
}

const LINE_END = 0x0a;
