/** Whether a program could be started by its name, as execvp(3) looks for it: in PATH unless it has a slash. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { USUAL_PATH } from "../core/path-walk.ts";

/** It may come or go before it is started. */
export function hasProgram(name: string): boolean {
  if (name.includes("/")) return isExecutable(name);
  const directories = (process.env.PATH ?? USUAL_PATH).split(delimiter);
  return directories.some((directory) => isExecutable(join(directory || ".", name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // also a directory that may not be searched
  }
}
