/** The facts of this host by which a configuration is judged. */
import type { Host } from "../../config/host.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { PathPart } from "../../core/path-part.ts";
import { wayToProgram } from "../../core/path-walk.ts";
import { findUser } from "../../core/user-database.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import { readText } from "../check/read-whole.ts";
import { listAddresses, listLinks } from "../rtnl.ts";
import { type AddressManagers, addressManagers } from "./address-managers.ts";

export type OutsideOfHost = Pick<
  Ports,
  "openNetlink" | "files" | "lookAt" | "configurationFiles" | "findProcesses"
>;

/** Programs are looked at when a rule asks for them, each once. @throws SystemError */
export async function thisHost(ports: OutsideOfHost, signal: Limit): Promise<Host> {
  const accounts = await readText(PASSWD, MOST_BYTES, ports.files, signal);
  const managers = await addressManagers(ports);
  const ways = new Map<string, readonly PathPart[]>();
  const wayTo = (name: string): readonly PathPart[] => {
    const way = ways.get(name) ?? wayToProgram(name, SERVICE_PATH, ports.lookAt);
    ways.set(name, way);
    return way;
  };
  return {
    interfaces: interfacesOf(ports, managers),
    users: { get: (name) => findUser(accounts, name)?.uid },
    programs: { get: wayTo },
    networkd: managers.networkd,
  };
}

function interfacesOf(
  ports: Pick<Ports, "openNetlink">,
  { managerOf }: AddressManagers,
): Host["interfaces"] {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const addresses = listAddresses(netlink, {});
    const interfaces = listLinks(netlink).map((link) => {
      const { ifIndex, name, mtuBytes: mtu, multicast: hasMulticast } = link;
      const own = addresses.filter((one) => one.ifIndex === ifIndex);
      return [name, { mtu, hasMulticast, addresses: own, manager: managerOf(link) }] as const;
    });
    return new Map(interfaces);
  } finally {
    netlink.close();
  }
}

/** Of a service of systemd, whatever the shell of who asks has. */
export const SERVICE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
export const PASSWD = "/etc/passwd";
export const MOST_BYTES = 16 << 20;
