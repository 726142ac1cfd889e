/** What of this host decides whether the programs of a configuration are run: the ways to them, and accounts. */
import type { Host } from "../../config/host.ts";
import { programsOf } from "../../config/rules/programs.ts";
import { DEFAULT_USER } from "../../config/rules/script-users.ts";
import type { Configuration } from "../../config/tables/root.ts";
import { findUser } from "../../core/user-database.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import { readText } from "../check/read-whole.ts";

/** @throws SystemError where the accounts cannot be read */
export async function programFacts(
  conf: Configuration,
  ports: Pick<Ports, "files" | "wayToProgram">,
  signal: Limit,
): Promise<Pick<Host, "users" | "programs">> {
  const programs = programsOf(conf);
  const general = conf.global_defs?.value.script_user?.value.user;
  const names = new Set([DEFAULT_USER, "root", ...[general ?? []].flat()]);
  for (const { user } of programs) if (user !== null) names.add(user);
  const accounts = await readText(PASSWD, MOST_BYTES, ports.files, signal);
  const users = [...names].flatMap((name): [string, number][] => {
    const found = findUser(accounts, name);
    return found === undefined ? [] : [[name, found.uid]];
  });
  const ways = [...new Set(programs.map(({ name }) => name))].map(
    (name) => [name, ports.wayToProgram(name)] as const,
  );
  return { users: new Map(users), programs: new Map(ways) };
}

const PASSWD = "/etc/passwd";
const MOST_BYTES = 16 << 20;
