/** Users and groups of this host, as /etc/passwd and /etc/group list them (passwd(5), group(5)). */

export interface UserEntry {
  readonly uid: number;
  readonly gid: number; // of the user's own group
}

/** By name, or by number. The first entry counts, as everywhere. @param passwd the file's text */
export function findUser(passwd: string, nameOrUid: string): UserEntry | undefined {
  for (const line of passwd.split("\n")) {
    const [name, , uid = "", gid = ""] = line.split(":");
    if (name === "" || !NUMBER.test(uid) || !NUMBER.test(gid)) continue;
    if (name === nameOrUid || sameNumber(uid, nameOrUid))
      return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** @returns its gid. @param group the file's text */
export function findGroup(group: string, name: string): number | undefined {
  for (const line of group.split("\n")) {
    const [entry, , gid = ""] = line.split(":");
    if (name !== "" && entry === name && NUMBER.test(gid)) return Number(gid);
  }
  return undefined;
}

/** All names with their numbers, of either file. */
export function listIds(text: string): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [name = "", , id = ""] = line.split(":");
    if (name !== "" && NUMBER.test(id) && !ids.has(name)) ids.set(name, Number(id));
  }
  return ids;
}

/** A uid or gid that is written as one; 2^32 - 1 means nobody to the kernel. */
export const idNumber = (text: string): number | undefined =>
  NUMBER.test(text) && Number(text) < 0xffff_ffff ? Number(text) : undefined;

const sameNumber = (uid: string, text: string): boolean =>
  NUMBER.test(text) && Number(uid) === Number(text);

const NUMBER = /^\d{1,10}$/;
