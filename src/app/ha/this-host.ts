/** The facts of this host by which a configuration is judged. */
import type { Host } from "../../config/host.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { PathPart } from "../../core/path-part.ts";
import { findUser } from "../../core/user-database.ts";
import type { Limit, Ports } from "../../io/ports.ts";
import { suspectNames, suspectsAmong } from "../../proto/vrrp/suspects.ts";
import { readText } from "../check/read-whole.ts";
import { listAddresses, listLinks } from "../rtnl.ts";

type Outside = Pick<Ports, "openNetlink" | "files" | "wayToProgram" | "findProcesses">;

/** Programs are looked at when a rule asks for them, each once. @throws SystemError */
export async function thisHost(ports: Outside, signal: Limit): Promise<Host> {
  const accounts = await readText(PASSWD, MOST_BYTES, ports.files, signal);
  const ways = new Map<string, readonly PathPart[]>();
  const wayTo = (name: string): readonly PathPart[] => {
    const way = ways.get(name) ?? ports.wayToProgram(name);
    ways.set(name, way);
    return way;
  };
  const names = suspectNames().filter((name) => name !== "keepalived"); // whose file it is
  const processes = await ports.findProcesses(names);
  return {
    takersOn: (ifName) => suspectsAmong(processes, ifName),
    interfaces: interfacesOf(ports),
    users: { get: (name) => findUser(accounts, name)?.uid },
    programs: { get: wayTo },
  };
}

function interfacesOf(ports: Pick<Ports, "openNetlink">): Host["interfaces"] {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    const addresses = listAddresses(netlink, {});
    const interfaces = listLinks(netlink).map(({ ifIndex, name, mtuBytes, multicast }) => {
      const own = addresses.filter((one) => one.ifIndex === ifIndex);
      return [name, { mtu: mtuBytes, hasMulticast: multicast, addresses: own }] as const;
    });
    return new Map(interfaces);
  } finally {
    netlink.close();
  }
}

const PASSWD = "/etc/passwd";
const MOST_BYTES = 16 << 20;
