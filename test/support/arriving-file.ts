/** Waits for a file that another program writes. */
import { watch } from "node:fs";
import { join } from "node:path";

/** To be called before it can be there. @returns its path, once a name matches */
export function arrivingFile(directory: string, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const watcher = watch(directory, (_event, name) => {
      if (name === null || !pattern.test(name)) return;
      end();
      resolve(join(directory, name));
    });
    const limit = setTimeout(() => {
      end();
      reject(new Error(`no file ${pattern} in ${directory}`));
    }, LIMIT_MS);
    const end = (): void => {
      watcher.close();
      clearTimeout(limit);
    };
  });
}

const LIMIT_MS = 15_000;
