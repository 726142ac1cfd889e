/** The way from / to a program, with all on it that may be wrong: path_resolution(7), on any host that can be asked. */
import type { PathPart } from "./path-part.ts";

/** What stands at a path, where it is a link the link. */
export type PathEntry =
  | (Pick<PathPart, "uid" | "gid" | "mode"> & { readonly kind: "directory" | "file" | "other" })
  | { readonly kind: "link"; readonly target: string };

/** undefined: it is not there, or nobody may look. */
export type LookAt = (path: string) => PathEntry | undefined;

/** Where execvp(3) looks without a PATH: _PATH_DEFPATH of paths.h. */
export const USUAL_PATH = "/usr/bin:/bin";

/**
 * From / to a program, links followed, as far as there is something: a part that is not there is the last one.
 * Empty where no directory of PATH has the name, and for a relative path: keepalived has its own working directory.
 */
export function wayToProgram(
  name: string,
  searchPath: string,
  lookAt: LookAt,
): readonly PathPart[] {
  if (name.includes("/")) return wayOf(name, lookAt);
  for (const directory of searchPath.split(":")) {
    const way = wayOf(`${directory}/${name}`, lookAt);
    if (way.at(-1)?.kind === "file") return way;
  }
  return [];
}

function wayOf(path: string, lookAt: LookAt): readonly PathPart[] {
  if (!path.startsWith("/")) return [];
  const left = namesOf(path);
  let way: PathPart[] = [partOf("/", lookAt("/"))];
  let links = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (name === "..") {
      if (way.length > 1) way.pop();
      continue;
    }
    const at = below(way.at(-1), name);
    const entry = lookAt(at);
    if (entry?.kind === "link" && links < MOST_LINKS) {
      links += 1;
      left.unshift(...namesOf(entry.target));
      if (entry.target.startsWith("/")) way = way.slice(0, 1);
      continue;
    }
    way.push(partOf(at, entry));
    if (entry?.kind !== "directory") break;
  }
  // What is behind a file is not there.
  const [more] = left;
  const last = way.at(-1);
  if (more !== undefined && last?.kind !== "missing")
    way.push(partOf(below(last, more), undefined));
  return way;
}

const namesOf = (path: string): string[] =>
  path.split("/").filter((name) => name !== "" && name !== ".");

const below = (part: PathPart | undefined, name: string): string =>
  part === undefined || part.path === "/" ? `/${name}` : `${part.path}/${name}`;

function partOf(path: string, entry: PathEntry | undefined): PathPart {
  if (entry === undefined) return { path, kind: "missing", uid: 0, gid: 0, mode: 0 };
  if (entry.kind === "link") return { path, kind: "other", uid: 0, gid: 0, mode: 0o777 };
  const { kind, uid, gid, mode } = entry;
  return { path, kind, uid, gid, mode };
}

const MOST_LINKS = 40;
