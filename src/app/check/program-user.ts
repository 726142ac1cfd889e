/** Whom a program is to run as: `NAME`, `NAME:GROUP`, or their numbers. */
import { UsageError } from "../../core/errors.ts";
import { findGroup, findUser, idNumber } from "../../core/user-database.ts";
import type { Limit, Ports, ProgramUser } from "../../io/ports.ts";
import { readText } from "./read-whole.ts";

/** @throws UsageError where there is none of that name, SystemError */
export async function programUser(
  text: string,
  files: Pick<Ports["files"], "read">,
  signal: Limit,
): Promise<ProgramUser> {
  const [, name = "", group] = /^([^:]+)(?::([^:]+))?$/.exec(text) ?? [];
  if (name === "") throw new UsageError(`--user ${JSON.stringify(text)} is no NAME[:GROUP]`);
  const user = findUser(await readText(PASSWD, MOST_BYTES, files, signal), name);
  const uid = idNumber(name) ?? user?.uid;
  if (uid === undefined)
    throw new UsageError(`--user: ${PASSWD} has no ${JSON.stringify(name)}; a number would do`);
  if (group === undefined) {
    if (user === undefined)
      throw new UsageError(`--user: ${PASSWD} knows no group of ${name}: write ${name}:GROUP`);
    return { uid, gid: user.gid };
  }
  const gid = idNumber(group) ?? findGroup(await readText(GROUP, MOST_BYTES, files, signal), group);
  if (gid === undefined)
    throw new UsageError(`--user: ${GROUP} has no ${JSON.stringify(group)}; a number would do`);
  return { uid, gid };
}

const PASSWD = "/etc/passwd";
const GROUP = "/etc/group";
const MOST_BYTES = 16 << 20;
