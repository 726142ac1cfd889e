/** The files of this repository, as the meta tests look at them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export interface SourceFile {
  readonly path: string; // from the root: "src/cli.ts"
  readonly text: string;
}

export const readSource = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** All files below a folder whose names end so, without what is built. */
export function sourceFiles(folder: string, ...endings: readonly string[]): SourceFile[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => !/(^|\/)build\//.test(name) && endings.some((end) => name.endsWith(end)))
    .map((name) => `${folder}/${name}`)
    .sort()
    .map((path) => ({ path, text: readSource(path) }));
}
