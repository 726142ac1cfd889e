/** This host as `ha check --as-host` reads it, for a configuration that is checked elsewhere. */
import type { HostInterface, Networkd } from "../../config/host.ts";
import { formatCidr } from "../../core/addr.ts";
import { type PathEntry, wayToProgram } from "../../core/path-walk.ts";
import { listIds } from "../../core/user-database.ts";
import type { Limit } from "../../io/ports.ts";
import { readText } from "../check/read-whole.ts";
import { MOST_BYTES, type OutsideOfHost, PASSWD, SERVICE_PATH, thisHost } from "./this-host.ts";

/** @param programs whose ways are described: what is not, is not there. @throws SystemError */
export async function describeHost(
  programs: readonly string[],
  ports: OutsideOfHost,
  signal: Limit,
): Promise<object> {
  const { interfaces, networkd } = await thisHost(ports, signal);
  const users = listIds(await readText(PASSWD, MOST_BYTES, ports.files, signal));
  const groups = listIds(await readText(GROUP, MOST_BYTES, ports.files, signal));
  const seen = new Map<string, PathEntry>();
  const lookAt = (path: string): PathEntry | undefined => {
    const entry = ports.lookAt(path);
    if (entry !== undefined) seen.set(path, entry);
    return entry;
  };
  for (const name of programs) wayToProgram(name, SERVICE_PATH, lookAt);
  const paths = [...seen]
    .map(([path, entry]) => [path, describePath(entry, nameIn(users), nameIn(groups))] as const)
    .filter(([path, entry]) => path !== "/" && !(isUsual(entry) && isAbove(path, seen)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    interfaces: record(interfaces, describeInterface),
    ...(networkd === null ? {} : { networkd: describeNetworkd(networkd) }),
    users: record(users, (id) => id),
    groups: record(groups, (id) => id),
    search_path: SERVICE_PATH,
    paths: Object.fromEntries(paths),
  };
}

const record = <V>(map: Iterable<readonly [string, V]>, describe: (value: V) => unknown): object =>
  Object.fromEntries(Array.from(map, ([name, value]) => [name, describe(value)]));

function describeInterface({ mtu, hasMulticast, addresses, manager }: HostInterface): object {
  const own = { mtu, multicast: hasMulticast, addresses: addresses.map(formatCidr) };
  if (manager === null) return own;
  const { daemon, file, keepsAddresses } = manager;
  const named = file === null ? { daemon } : { daemon, file };
  return { ...own, manager: { ...named, keeps_addresses: keepsAddresses } };
}

const describeNetworkd = ({ dropsRoutes, dropsRules }: Networkd): object => ({
  drops_routes: dropsRoutes,
  drops_rules: dropsRules,
});

type NameOf = (id: number) => string | number;

function describePath(entry: PathEntry, userOf: NameOf, groupOf: NameOf): object {
  if (entry.kind === "link") return { link: entry.target };
  const { kind, mode, uid, gid } = entry;
  return {
    type: kind,
    ...(mode === USUAL_MODE ? {} : { mode: mode.toString(8).padStart(4, "0") }),
    ...(uid === 0 ? {} : { owner: userOf(uid) }),
    ...(gid === 0 ? {} : { group: groupOf(gid) }),
  };
}

/** Nothing has to be said of a directory that root has as usual, but that it is there. */
const isUsual = (entry: object): boolean =>
  "type" in entry && entry.type === "directory" && Object.keys(entry).length === 1;
const isAbove = (path: string, all: ReadonlyMap<string, unknown>): boolean =>
  [...all.keys()].some((one) => one.startsWith(`${path}/`));

const nameIn =
  (ids: ReadonlyMap<string, number>): NameOf =>
  (id) =>
    [...ids].find(([, one]) => one === id)?.[0] ?? id;

const USUAL_MODE = 0o755;
const GROUP = "/etc/group";
