/** The `ConfigurationFiles` port: what an include may name, found and read. */
import { opendirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { isGlob, matchesGlob } from "../core/glob.ts";
import { failure } from "./failure.ts";
import type { ConfigurationFiles } from "./ports.ts";
import { readRegularFile } from "./regular-file.ts";
import { replaceFile } from "./replace-file.ts";

export const configurationFiles: ConfigurationFiles = {
  read: (path) => {
    const { bytes, stat } = readRegularFile(path, MAX_BYTES);
    return {
      bytes,
      directory: realDirectory(path),
      identity: `${stat.dev}:${stat.ino}`,
      isExecutable: (stat.mode & 0o111) !== 0,
    };
  },
  match: (pattern, directory, looks) => {
    let found = [pattern.startsWith("/") ? "/" : ""];
    const names = pattern.split("/").filter((name) => name !== "");
    for (const name of names) {
      const next = (prefix: string): readonly string[] =>
        isGlob(name) ? matching(resolve(directory, prefix), name, looks) : [name];
      found = found.flatMap((prefix) => next(prefix).map((one) => joined(prefix, one)));
      if (found.length > MAX_MATCHES) found.length = MAX_MATCHES;
    }
    return found.filter((path) => isThere(resolve(directory, path)));
  },
  placeOf: (path) => {
    try {
      const file = realpathSync(path);
      const { dev, ino } = statSync(dirname(file));
      return `${dev}:${ino}/${shortNameOf(file)}`;
    } catch {
      return shortNameOf(path); // who reads it tells why
    }
  },
  replace: replaceFile,
};

const shortNameOf = (path: string): string =>
  basename(path)
    .replace(/[^ -~]/g, "_")
    .slice(-60);

const joined = (prefix: string, name: string): string =>
  prefix === "" || prefix.endsWith("/") ? prefix + name : `${prefix}/${name}`;

function realDirectory(path: string): string {
  try {
    return realpathSync(dirname(path));
  } catch (error) {
    throw failure("read", path, error);
  }
}

/** Also a link that leads nowhere is no file; one that nobody may look at is there, and is told when it is read. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES";
  }
}

/** In the order of their bytes; none of a directory that cannot be read, as for a shell. */
function matching(directory: string, pattern: string, looks: { left: number }): readonly string[] {
  const names: string[] = [];
  looks.left -= LOOKS_TO_OPEN;
  try {
    const entries = opendirSync(directory, { bufferSize: 1024 });
    try {
      while (looks.left >= 0) {
        const entry = entries.readSync();
        if (entry === null) break;
        looks.left -= 1 + Math.floor((entry.name.length * pattern.length) / STEPS_OF_LOOK);
        if (matchesGlob(entry.name, pattern)) names.push(entry.name);
      }
    } finally {
      entries.closeSync();
    }
  } catch {
    return [];
  }
  return names.sort((a, b) => (a < b ? -1 : 1));
}

const MAX_BYTES = 16_777_216;
/** To open a directory takes as long as to look at so many entries, to compare one as long as so many characters. */
const LOOKS_TO_OPEN = 20;
const STEPS_OF_LOOK = 100;
const MAX_MATCHES = 10_000;
