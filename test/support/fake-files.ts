/** Files in memory, and a disk that can be full. */
import { SystemError } from "../../src/core/errors.ts";
import type { Files, Ports } from "../../src/io/ports.ts";

export class FakeFiles implements Files {
  readonly contents = new Map<string, Uint8Array>();
  readonly directories: string[] = [];
  /** errno name: what writing is refused with from now on. */
  refuse: string | undefined;

  /** Of those that watch a file, by its path: to be told that it has changed, or that its directory has gone. */
  readonly watchers = new Map<string, { onChange: () => void; onGone: () => void }>();
  /** errno name: what watching is refused with from now on. */
  refuseWatch: string | undefined;

  readonly watchFile: Ports["watchFile"] = (path, onChange, onGone) => {
    if (this.refuseWatch !== undefined) throw new SystemError("watch", path, this.refuseWatch);
    this.watchers.set(path, { onChange, onGone });
    return { close: () => void this.watchers.delete(path) };
  };

  /** Without their directories, oldest first. */
  get names(): string[] {
    return [...this.contents.keys()].map(baseName);
  }

  readonly makeDirectory = (path: string): string => {
    this.directories.push(path);
    return path;
  };

  readonly tryDirectory = (path: string): void => {
    if (this.refuse !== undefined) throw new SystemError("mkdir", path, this.refuse);
  };

  readonly list = async (directory: string): Promise<string[]> =>
    [...this.contents.keys()].filter((path) => path.startsWith(`${directory}/`)).map(baseName);

  readonly remove = async (path: string): Promise<void> => void this.contents.delete(path);

  readonly write = async (path: string, chunks: Iterable<Uint8Array>): Promise<void> => {
    if (this.refuse !== undefined) throw new SystemError("write", path, this.refuse);
    const bytes = [...chunks].flatMap((chunk) => [...chunk]);
    this.contents.set(path, Uint8Array.from(bytes));
  };

  readonly writeAnew = this.write;
  readonly append = async (path: string, bytes: Uint8Array): Promise<number> => {
    if (this.refuse !== undefined) throw new SystemError("append", path, this.refuse);
    const before = this.contents.get(path) ?? new Uint8Array();
    const whole = new Uint8Array(before.length + bytes.length);
    whole.set(before);
    whole.set(bytes, before.length);
    this.contents.set(path, whole);
    return whole.length;
  };

  readonly rename = async (path: string, to: string): Promise<void> => {
    const whole = this.contents.get(path);
    if (whole === undefined) throw new SystemError("rename", path, "ENOENT");
    this.contents.delete(path);
    this.contents.set(to, whole);
  };

  /** What `read` is given of a file that comes by and by: "-" or a FIFO. */
  readonly streams = new Map<string, AsyncIterable<Uint8Array>>();

  readonly read: Files["read"] = async (path, onChunk, signal) => {
    const whole = this.contents.get(path);
    const chunks = this.streams.get(path) ?? (whole === undefined ? undefined : [whole.slice()]);
    if (chunks === undefined) throw new SystemError("read", path, "ENOENT");
    for await (const chunk of chunks) {
      if (signal.aborted) return;
      await onChunk(chunk);
      chunk.fill(0xa5); // its reader must not keep it
    }
  };

  /** Files that are open for writing; what was written is in `contents` once it is flushed. */
  readonly writing = new Set<string>();

  readonly create: Files["create"] = (path) => {
    if (this.refuse !== undefined) throw new SystemError("write", path, this.refuse);
    this.contents.set(path, new Uint8Array());
    this.writing.add(path);
    let waiting: number[] = [];
    const flush = (): void => {
      const bytes = [...(this.contents.get(path) ?? []), ...waiting];
      waiting = [];
      if (this.refuse !== undefined) throw new SystemError("write", path, this.refuse);
      this.contents.set(path, Uint8Array.from(bytes));
    };
    return {
      write: (bytes) => {
        waiting = waiting.concat([...bytes]);
      },
      flush,
      close: () => {
        if (this.writing.delete(path)) flush();
      },
    };
  };
}

const baseName = (path: string): string => path.split("/").at(-1) ?? "";
