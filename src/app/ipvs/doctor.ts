/** `ipvs doctor`: looks at a balancer and its real servers, and says what keeps connections from getting through. */
import { formatIp, type IpBytes } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { InterfaceAddress } from "../../core/netlink/rtnl-address.ts";
import { ROUTE_TYPES } from "../../core/netlink/rtnl-route.ts";
import type { NetlinkSocket, Ports } from "../../io/ports.ts";
import type { Finding } from "../../proto/doctor/finding.ts";
import { diagnose, moduleFinding } from "../../proto/ipvs/doctor/diagnose.ts";
import type { IpvsFacts, KernelRelease, Way } from "../../proto/ipvs/doctor/facts.ts";
import { membersOf, vipOf } from "../../proto/ipvs/doctor/subjects.ts";
import type { VirtualService } from "../../proto/ipvs/table.ts";
import { findLink, listAddresses, listLinks, routeOut, routeTo } from "../rtnl.ts";
import { askAnswers } from "./answers.ts";
import { IpvsKernel } from "./kernel.ts";

export interface IpvsDoctorReport {
  readonly hasModule: boolean;
  readonly services: readonly VirtualService[];
  readonly findings: readonly Finding[];
}

/**
 * Changes nothing; sends ARP or neighbour solicitations alone, for virtual addresses and real servers of direct
 * routing. @param ifName asks on this interface alone
 * @throws SystemError where it could not look; the reason of `signal` when it aborts
 */
export async function examineIpvs(
  ifName: string | undefined,
  ports: Ports,
  signal: AbortSignal,
): Promise<IpvsDoctorReport> {
  const table = readTable(ports);
  if (table === undefined) return { hasModule: false, services: [], findings: [moduleFinding] };
  const standing = readStanding(table.services, ifName, ports);
  const { addresses, ...known } = standing;
  const facts: Omit<IpvsFacts, "answers"> = {
    ...table,
    ...known,
    release: releaseOf(ports.readSysctl("kernel/osrelease")),
    setting: (path) => ports.readSysctl(path),
  };
  const answers = await askAnswers(facts, { ifName, addresses }, ports, signal);
  return {
    hasModule: true,
    services: table.services,
    findings: diagnose({ ...facts, answers }),
  };
}

type Table = Pick<IpvsFacts, "services" | "timeouts" | "daemons">;

/** undefined where the kernel has no IPVS. */
function readTable(ports: Pick<Ports, "openNetlink">): Table | undefined {
  const kernel = openKernel(ports);
  if (kernel === undefined) return undefined;
  try {
    return {
      services: [...kernel.table().values()],
      timeouts: kernel.timeouts(),
      daemons: kernel.daemons(),
    };
  } finally {
    kernel.close();
  }
}

function openKernel(ports: Pick<Ports, "openNetlink">): IpvsKernel | undefined {
  try {
    return new IpvsKernel(ports);
  } catch (error) {
    if (error instanceof SystemError && error.code === "no-ipvs") return undefined;
    throw error;
  }
}

type Standing = Pick<IpvsFacts, "links" | "ways" | "waysOut" | "places"> & {
  readonly addresses: readonly InterfaceAddress[];
};

function readStanding(
  services: readonly VirtualService[],
  ifName: string | undefined,
  ports: Pick<Ports, "openNetlink">,
): Standing {
  const netlink = ports.openNetlink(NETLINK_ROUTE);
  try {
    if (ifName !== undefined) findLink(netlink, ifName);
    const links = listLinks(netlink);
    const addresses = listAddresses(netlink, {});
    const nameOf = (ifIndex: number | null | undefined): string | null =>
      links.find((it) => it.ifIndex === ifIndex)?.name ?? null;
    const vips = services.map(vipOf).filter((ip) => ip !== null);
    const servers = membersOf({ services }).map(({ destination }) => destination.ip);
    const ips = new Map([...vips, ...servers].map((ip) => [formatIp(ip), ip]));
    return {
      links,
      addresses,
      ways: new Map(Array.from(ips, ([text, ip]) => [text, wayTo(ip, netlink, links)])),
      waysOut: {
        4: nameOf(routeOut(netlink, 4)?.ifIndex),
        6: nameOf(routeOut(netlink, 6)?.ifIndex),
      },
      places: new Map(
        addresses.map(({ ip, ifIndex }) => [formatIp(ip), nameOf(ifIndex) ?? `${ifIndex}`]),
      ),
    };
  } finally {
    netlink.close();
  }
}

function wayTo(ip: IpBytes, netlink: NetlinkSocket, links: IpvsFacts["links"]): Way | null {
  const route = routeTo(netlink, ip);
  const link = links.find(({ ifIndex }) => ifIndex === route?.ifIndex);
  if (route === undefined || link === undefined) return null;
  return {
    ifName: link.name,
    gateway: route.gateway,
    isLocal: route.type === ROUTE_TYPES.local,
    mtuBytes: route.mtuBytes ?? link.mtuBytes,
  };
}

/** `6.1.0-18-amd64` */
function releaseOf(text: string | undefined): KernelRelease | null {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(text ?? "") ?? [];
  return major === undefined ? null : [Number(major), Number(minor)];
}
