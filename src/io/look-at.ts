/** What stands at a path of this host. */
import { lstatSync, readlinkSync } from "node:fs";
import type { LookAt } from "../core/path-walk.ts";

export const lookAt: LookAt = (path) => {
  try {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) return { kind: "link", target: readlinkSync(path) };
    const kind = stat.isDirectory() ? "directory" : stat.isFile() ? "file" : "other";
    return { kind, uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 };
  } catch {
    return undefined;
  }
};
