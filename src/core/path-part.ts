/** A step on the way from / to a file, as whoever judges its permissions looks at it. */

export interface PathPart {
  readonly path: string; // "/etc/keepalived"
  readonly kind: "directory" | "file" | "other" | "missing"; // the last alone may be no directory
  readonly uid: number;
  readonly gid: number;
  readonly mode: number; // the bits of chmod; 0 of a missing one
}

/**
 * Who beside root could change what is reached through it: another owner, a group, or everybody.
 * In a directory with the sticky bit only the owner of a file changes it.
 */
export function strangerIn({ kind, uid, gid, mode }: PathPart): string | null {
  if (uid !== 0) return `belongs to user ${uid}`;
  const isSticky = kind === "directory" && (mode & 0o1000) !== 0;
  if (isSticky) return null;
  if ((mode & 0o002) !== 0) return "can be changed by everybody";
  return (mode & 0o020) !== 0 && gid !== 0 ? `can be changed by group ${gid}` : null;
}

/** `0775 0:50`: as stat shows mode and owners. */
export const formatMode = ({ mode, uid, gid }: PathPart): string =>
  `${mode.toString(8).padStart(4, "0")} ${uid}:${gid}`;
