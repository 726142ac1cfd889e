/** The way to a program, with all on it that may be wrong. */
import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { delimiter, join } from "node:path";
import type { PathPart } from "../core/path-part.ts";
import { USUAL_PATH } from "./program-search.ts";

export function wayToProgram(name: string): readonly PathPart[] {
  if (name.includes("/")) return wayOf(name);
  const directories = (process.env.PATH ?? USUAL_PATH).split(delimiter);
  for (const directory of directories) {
    const way = wayOf(join(directory, name));
    if (way.at(-1)?.kind === "file") return way;
  }
  return [];
}

/** Of a relative path nothing: keepalived has its own working directory. */
function wayOf(path: string): readonly PathPart[] {
  if (!path.startsWith("/")) return [];
  const left = partsOf(path);
  let way: PathPart[] = [partAt("/")];
  let links = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (name === "..") {
      if (way.length > 1) way.pop();
      continue;
    }
    const at = join(way.at(-1)?.path ?? "/", name);
    const stat = statOf(at);
    if (stat?.isSymbolicLink() && links < MOST_LINKS) {
      links += 1;
      const target = readlinkSync(at);
      left.unshift(...partsOf(target));
      if (target.startsWith("/")) way = way.slice(0, 1);
      continue;
    }
    way.push(partOf(at, stat));
    if (stat?.isDirectory() !== true) break;
  }
  // What is behind a file is not there.
  const [more] = left;
  const last = way.at(-1);
  if (more !== undefined && last?.kind !== "missing") {
    way.push(partOf(join(last?.path ?? "/", more), undefined));
  }
  return way;
}

const partsOf = (path: string): string[] =>
  path.split("/").filter((name) => name !== "" && name !== ".");

const partAt = (path: string): PathPart => partOf(path, statOf(path));

/** undefined: it is not there, or nobody may look. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function partOf(path: string, stat: Stats | undefined): PathPart {
  if (stat === undefined) return { path, kind: "missing", uid: 0, gid: 0, mode: 0 };
  const kind = stat.isDirectory() ? "directory" : stat.isFile() ? "file" : "other";
  return { path, kind, uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 };
}

const MOST_LINKS = 40;
