/** That a file changes, appears or disappears: the `watchFile` port, by inotify(7) of its directory. */
import { watch } from "node:fs";
import { basename, dirname } from "node:path";
import { failure } from "./failure.ts";
import type { Closable } from "./ports.ts";

/** See `Ports.watchFile`. */
export function watchFile(path: string, onChange: () => void, onGone: () => void): Closable {
  const [directory, name] = [dirname(path), basename(path)];
  try {
    const watcher = watch(directory, { persistent: false }, (event, changed) => {
      // That the directory itself goes is told by its own name.
      if (changed === name || changed === null) onChange();
      else if (event === "rename" && changed === basename(directory)) onGone();
    });
    watcher.on("error", onGone);
    return { close: () => watcher.close() };
  } catch (error) {
    throw failure("watch", directory, error);
  }
}
