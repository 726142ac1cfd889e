/** Which daemons of this host take away what they did not set themselves: systemd-networkd, NetworkManager. */
import type { HostInterface, Networkd } from "../../config/host.ts";
import { SystemError } from "../../core/errors.ts";
import { iniValues } from "../../core/ini.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import type { Ports } from "../../io/ports.ts";

type Outside = Pick<Ports, "configurationFiles" | "findProcesses">;

export interface AddressManagers {
  readonly networkd: Networkd | null;
  managerOf(link: Pick<Link, "ifIndex">): HostInterface["manager"];
}

/**
 * A daemon knows best which of its files applies to a link: it writes that down below /run. What it wrote counts
 * while it runs. @param root in front of each path
 */
export async function addressManagers(ports: Outside, root = ""): Promise<AddressManagers> {
  const running = await ports.findProcesses([NETWORKD, NETWORK_MANAGER]);
  const runs = (name: string): boolean => running.some((one) => one.name === name);
  const files = new EtcFiles(ports.configurationFiles, root);
  const [hasNetworkd, hasNetworkManager] = [runs(NETWORKD), runs(NETWORK_MANAGER)];
  return {
    networkd: hasNetworkd ? networkdOf(files) : null,
    managerOf: ({ ifIndex }) =>
      (hasNetworkd ? networkdLink(ifIndex, files) : null) ??
      (hasNetworkManager ? networkManagerDevice(ifIndex, files) : null),
  };
}

function networkdOf(files: EtcFiles): Networkd {
  const texts = files.withDropIns(files.first("networkd.conf"), "networkd.conf.d");
  const isOn = (key: string): boolean => lastBoolean(texts, "Network", key) ?? true;
  return {
    dropsRoutes: isOn("ManageForeignRoutes"),
    dropsRules: isOn("ManageForeignRoutingPolicyRules"),
  };
}

function networkdLink(ifIndex: number, files: EtcFiles): HostInterface["manager"] {
  const state = files.text(`/run/systemd/netif/links/${ifIndex}`);
  // Settings stand in front of all sections there.
  const path = /^NETWORK_FILE=(\/.*)$/m.exec(state)?.[1];
  if (path === undefined || /^ADMIN_STATE=unmanaged$/m.test(state)) return null;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const texts = files.withDropIns(files.text(path), `network/${name}.d`);
  const kept = texts.flatMap((text) => iniValues(text, "Network", "KeepConfiguration")).at(-1);
  const keepsAddresses = kept === "static" || TRUE.has(kept?.toLowerCase() ?? "");
  return { daemon: "systemd-networkd", file: path, keepsAddresses };
}

/** One that has a profile on it; others it looks at without a hand on them. */
function networkManagerDevice(ifIndex: number, files: EtcFiles): HostInterface["manager"] {
  const state = files.text(`/run/NetworkManager/devices/${ifIndex}`);
  const isManaged = iniValues(state, "device", "managed").at(-1) === "true";
  const hasProfile = iniValues(state, "device", "connection-uuid").length > 0;
  const daemon = "NetworkManager";
  return isManaged && hasProfile ? { daemon, file: null, keepsAddresses: false } : null;
}

function lastBoolean(texts: readonly string[], section: string, key: string): boolean | undefined {
  const values = texts.flatMap((text) => iniValues(text, section, key));
  const last = values.findLast(
    (one) => TRUE.has(one.toLowerCase()) || FALSE.has(one.toLowerCase()),
  );
  return last === undefined ? undefined : TRUE.has(last.toLowerCase());
}

/** Files of systemd: one in a directory in front hides those of its name in the others. */
class EtcFiles {
  readonly #files: Ports["configurationFiles"];
  readonly #root: string;

  constructor(files: Ports["configurationFiles"], root: string) {
    this.#files = files;
    this.#root = root;
  }

  /** "" where there is none, or nobody may read it. */
  text(path: string): string {
    try {
      return new TextDecoder().decode(this.#files.read(this.#root + path).bytes);
    } catch (error) {
      if (error instanceof SystemError) return "";
      throw error;
    }
  }

  first(name: string): string {
    const found = DIRECTORIES.find((directory) => this.#match(`${directory}/${name}`).length > 0);
    return found === undefined ? "" : this.text(`${found}/${name}`);
  }

  /** A file, and what is put on top of it in the order of the names. */
  withDropIns(main: string, directory: string): readonly string[] {
    const paths = new Map<string, string>();
    for (const above of DIRECTORIES) {
      for (const path of this.#match(`${above}/${directory}/*.conf`)) {
        const name = path.slice(path.lastIndexOf("/") + 1);
        if (!paths.has(name)) paths.set(name, path.slice(this.#root.length));
      }
    }
    const names = [...paths.keys()].sort((a, b) => (a < b ? -1 : 1));
    return [main, ...names.map((name) => this.text(paths.get(name) ?? ""))];
  }

  #match(pattern: string): readonly string[] {
    return this.#files.match(this.#root + pattern, "/", { left: MAX_LOOKS });
  }
}

const NETWORKD = "systemd-network"; // as much of its name as the kernel keeps
const NETWORK_MANAGER = "NetworkManager";
const DIRECTORIES = ["/etc", "/run", "/usr/local/lib", "/usr/lib"].map((one) => `${one}/systemd`);
const TRUE: ReadonlySet<string> = new Set(["1", "yes", "y", "true", "t", "on"]);
const FALSE: ReadonlySet<string> = new Set(["0", "no", "n", "false", "f", "off"]);

/** Entries of directories, for a pattern. */
const MAX_LOOKS = 100_000;
