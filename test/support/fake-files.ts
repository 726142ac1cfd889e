/** Files in memory, and a disk that can be full. */
import { SystemError } from "../../src/core/errors.ts";
import type { Files } from "../../src/io/ports.ts";

export class FakeFiles implements Files {
  readonly contents = new Map<string, Uint8Array>();
  readonly directories: string[] = [];
  /** errno name: what writing is refused with from now on. */
  refuse: string | undefined;

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
}

const baseName = (path: string): string => path.split("/").at(-1) ?? "";
