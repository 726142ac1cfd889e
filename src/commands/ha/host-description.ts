/** `--as-host FILE`: the host that a configuration is meant for, described in YAML or JSON. */
import type { RefuseAt } from "../../app/yaml-nodes.ts";
import { readYaml } from "../../app/yaml-text.ts";
import type { AddressManager, Host, HostInterface, Networkd } from "../../config/host.ts";
import { type Cidr, parseCidr } from "../../core/addr.ts";
import { isInterfaceName } from "../../core/clauses.ts";
import type { PathPart } from "../../core/path-part.ts";
import { type PathEntry, USUAL_PATH, wayToProgram } from "../../core/path-walk.ts";
import { idNumber } from "../../core/user-database.ts";

type Readers = Readonly<Record<string, (node: unknown) => void>>;

/** What of it is not described is not judged. @throws UsageError with the place of a mistake */
export async function parseHost(text: string, file: string): Promise<Host> {
  const { contents, nodes } = await readYaml(text, file, "one host");
  const refuseAt: RefuseAt = nodes.refuse;
  const textOf = (node: unknown): string => nodes.text(node);

  const interfaces = new Map<string, HostInterface>();
  const ids = { users: new Map<string, number>(), groups: new Map<string, number>() };
  const paths = new Map<string, PathEntry>();
  let searchPath = USUAL_PATH;
  let networkd: Networkd | null = null;
  const given = readInto(contents, "what the host has", {
    interfaces: (node) => eachOf(node, "interfaces", addInterface),
    networkd: (node) => {
      networkd = networkdOf(node);
    },
    users: (node) => eachOf(node, "users", (key, id) => ids.users.set(textOf(key), idOf(id))),
    groups: (node) => eachOf(node, "groups", (key, id) => ids.groups.set(textOf(key), idOf(id))),
    search_path: (node) => {
      searchPath = textOf(node);
    },
    paths: () => {}, // their owners may stand behind them
  });
  const written = given.get("paths");
  if (written !== undefined && !given.has("users")) {
    refuseAt(written, "needs users too: as whom programs run");
  }
  if (written !== undefined) readPaths(written);
  const wayTo = (name: string): readonly PathPart[] =>
    wayToProgram(name, searchPath, (path) => paths.get(path));
  return {
    interfaces,
    users: given.has("users") ? ids.users : null,
    programs: written === undefined ? null : { get: wayTo },
    networkd,
  };

  /** @returns what stands there, by key */
  function readInto(node: unknown, what: string, readers: Readers): Map<string, unknown> {
    const names = Object.keys(readers).join(", ");
    const read = new Map<string, unknown>();
    eachOf(node, `${what}: ${names}`, (key, value) => {
      const name = textOf(key);
      if (!Object.hasOwn(readers, name)) refuseAt(key, `'${name}' is none of ${names}`);
      readers[name]?.(value);
      read.set(name, value);
    });
    return read;
  }

  function eachOf(node: unknown, what: string, read: (key: unknown, value: unknown) => void): void {
    for (const { key, value } of nodes.map(node, what).items) read(key, value);
  }

  function addInterface(key: unknown, node: unknown): void {
    const name = textOf(key);
    if (!isInterfaceName(name)) refuseAt(key, `'${name}' is no name of an interface`);
    let [mtu, hasMulticast, addresses]: [number, boolean, Cidr[]] = [ETHERNET_MTU, true, []];
    let manager: AddressManager | null = null;
    readInto(node, "an interface", {
      mtu: (value) => {
        mtu = mtuOf(value);
      },
      multicast: (value) => {
        hasMulticast = isTrue(value);
      },
      addresses: (value) => {
        addresses = addressesOf(value);
      },
      manager: (value) => {
        manager = managerOf(value);
      },
    });
    interfaces.set(name, { mtu, hasMulticast, addresses, manager });
  }

  function managerOf(node: unknown): AddressManager {
    let daemon: AddressManager["daemon"] = "NetworkManager";
    let [file, keepsAddresses]: [string | null, boolean] = [null, false];
    readInto(node, "a manager", {
      daemon: (value) => {
        const name = textOf(value);
        if (name !== "systemd-networkd" && name !== "NetworkManager") {
          return refuseAt(value, `'${name}' is none of systemd-networkd, NetworkManager`);
        }
        daemon = name;
      },
      file: (value) => {
        file = textOf(value);
      },
      keeps_addresses: (value) => {
        keepsAddresses = isTrue(value);
      },
    });
    const isNetworkd = (daemon as AddressManager["daemon"]) === "systemd-networkd";
    if (isNetworkd && file === null) refuseAt(node, "needs the file of the interface");
    return { daemon, file, keepsAddresses };
  }

  function networkdOf(node: unknown): Networkd {
    let [dropsRoutes, dropsRules] = [true, true];
    readInto(node, "networkd", {
      drops_routes: (value) => {
        dropsRoutes = isTrue(value);
      },
      drops_rules: (value) => {
        dropsRules = isTrue(value);
      },
    });
    return { dropsRoutes, dropsRules };
  }

  /** Directories on the way to what is described are there too. */
  function readPaths(node: unknown): void {
    const described: [path: string, entry: PathEntry, hasType: boolean][] = [];
    eachOf(node, "paths", (key, value) => {
      const path = textOf(key);
      if (!/^(?:\/[^/]+)+$/.test(path)) refuseAt(key, `'${path}' is no absolute path`);
      const { entry, hasType } = entryOf(value);
      described.push([path, entry, hasType]);
      for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
        paths.set(path.slice(0, end), DIRECTORY);
      }
    });
    for (const [path, entry, hasType] of described) {
      const isAbove = paths.has(path) && !hasType && entry.kind === "file";
      paths.set(path, isAbove ? { ...entry, kind: "directory" } : entry);
    }
    paths.set("/", paths.get("/") ?? DIRECTORY);
  }

  function entryOf(node: unknown): { entry: PathEntry; hasType: boolean } {
    let [mode, uid, gid, kind, target] = [0o755, 0, 0, "file", ""];
    const given = readInto(node, "a path", {
      type: (value) => {
        kind = textOf(value);
        if (!TYPES.has(kind)) refuseAt(value, `'${kind}' is none of ${[...TYPES].join(", ")}`);
      },
      mode: (value) => {
        const octal = textOf(value);
        if (!/^[0-7]{3,5}$/.test(octal)) refuseAt(value, `'${octal}' is no mode, as 0755`);
        mode = Number.parseInt(octal, 8) & 0o7777;
      },
      owner: (value) => {
        uid = ownerOf(value, ids.users, "user");
      },
      group: (value) => {
        gid = ownerOf(value, ids.groups, "group");
      },
      link: (value) => {
        target = textOf(value);
      },
    });
    const hasType = given.has("type");
    if (given.has("link")) return { entry: { kind: "link", target }, hasType };
    return { entry: { kind: kind as "file", uid, gid, mode }, hasType };
  }

  function ownerOf(node: unknown, known: ReadonlyMap<string, number>, what: string): number {
    const name = textOf(node);
    const id = known.get(name) ?? (name === "root" ? 0 : idNumber(name));
    return id ?? refuseAt(node, `'${name}' is no ${what} that is described, and no number`);
  }

  function idOf(node: unknown): number {
    return idNumber(textOf(node)) ?? refuseAt(node, `'${textOf(node)}' is no number of one`);
  }

  function mtuOf(node: unknown): number {
    const text = textOf(node);
    const mtu = /^\d{2,5}$/.test(text) ? Number(text) : 0;
    return mtu >= LEAST_MTU && mtu <= MOST_MTU
      ? mtu
      : refuseAt(node, `'${text}' is no MTU of ${LEAST_MTU}..${MOST_MTU}`);
  }

  function isTrue(node: unknown): boolean {
    const text = textOf(node);
    return (
      text === "true" || (text !== "false" && refuseAt(node, `'${text}' is not true or false`))
    );
  }

  function addressesOf(node: unknown): Cidr[] {
    return nodes.list(node, "addresses").map((item) => {
      const cidr = parseCidr(textOf(item));
      return cidr ?? refuseAt(item, `'${textOf(item)}' is no address with its prefix length`);
    });
  }
}

const DIRECTORY: PathEntry = { kind: "directory", uid: 0, gid: 0, mode: 0o755 };
const TYPES: ReadonlySet<string> = new Set(["file", "directory", "other"]);
const ETHERNET_MTU = 1500;
const LEAST_MTU = 68; // RFC 791
const MOST_MTU = 65_536; // of the loopback
