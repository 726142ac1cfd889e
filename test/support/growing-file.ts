/** A file to which other programs write line by line. */
import { once } from "node:events";
import { existsSync, readFileSync, watch } from "node:fs";
import { dirname } from "node:path";

/** So far. */
export const linesIn = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];

/** As long as it takes to have so many. */
export async function linesReach(path: string, least: number): Promise<string[]> {
  const watcher = watch(dirname(path));
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    for (let lines = linesIn(path); ; lines = linesIn(path)) {
      if (lines.length >= least) return lines;
      await once(watcher, "change", { signal }).catch((cause) => {
        throw new Error(`${path} has but ${JSON.stringify(lines)}`, { cause });
      });
    }
  } finally {
    watcher.close();
  }
}

const PATIENCE_MS = 15_000;
