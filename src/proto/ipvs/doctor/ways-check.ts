/** Whether what is balanced gets to the real servers, and back. */
import type { Family } from "../../../core/addr.ts";
import type { IpvsTunnel } from "../../../core/netlink/ipvs-destination.ts";
import { type Finding, failed, well } from "../../doctor/finding.ts";
import { listed } from "../../doctor/speakers.ts";
import { destinationSubject } from "../target.ts";
import type { IpvsFacts } from "./facts.ts";
import { addressesOf, forwardedBy, type Member, membersOf, wayTo } from "./subjects.ts";

export function wayFindings(facts: IpvsFacts): Finding[] {
  const harms = [...routeFindings(facts), ...neighbourFindings(facts), ...portFindings(facts)];
  const members = membersOf(facts);
  const ways = new Set(
    members.flatMap(({ destination }) => wayTo(destination.ip, facts)?.ifName ?? []),
  );
  const good =
    harms.length === 0 && members.length > 0
      ? [well("route", `all real servers are reached by ${listed([...ways])}`)]
      : [];
  return [...good, ...harms, ...tunnelFindings(facts)];
}

function routeFindings(facts: IpvsFacts): Finding[] {
  const lost = membersOf(facts).filter(({ destination }) => wayTo(destination.ip, facts) === null);
  if (lost.length === 0) return [];
  const seen = `no route to ${addressesOf(lost)}: connections that go there fail`;
  return [failed("route", seen, "# ip route add ADDR/LEN via GATEWAY dev IF")];
}

/** Direct routing changes the MAC address alone. */
function neighbourFindings(facts: IpvsFacts): Finding[] {
  const far = forwardedBy("direct", facts).filter(
    ({ destination }) => (wayTo(destination.ip, facts)?.gateway ?? null) !== null,
  );
  if (far.length === 0) return [];
  const seen = `${addressesOf(far)}: direct routing, but behind a gateway, which sends what is for the virtual address back to it: the real server has to be on the same link`;
  return [failed("route", seen, "# use a tunnel (ipip, gue, gre) or NAT for it")];
}

/** Only NAT can change a port. */
function portFindings(facts: IpvsFacts): Finding[] {
  const wrong = membersOf(facts).filter(
    ({ of: { service }, destination: { forwarding, port } }) => {
      const { id } = service;
      const isKept = forwarding.by === "direct" || forwarding.by === "tunnel";
      return isKept && id.by === "address" && id.port !== 0 && port !== 0 && id.port !== port;
    },
  );
  if (wrong.length === 0) return [];
  const names = wrong.map(({ of, destination }) => destinationSubject(of.service.id, destination));
  const seen = `${listed(names)}: direct routing and tunnels leave the port as it is: connections arrive at that of the service`;
  return [
    failed("port", seen, "# let the real server listen on the port of the service, or use NAT"),
  ];
}

function tunnelFindings(facts: IpvsFacts): Finding[] {
  const fitting = new Map<string, Member[]>();
  for (const member of forwardedBy("tunnel", facts)) {
    const { ip, forwarding } = member.destination;
    const mtuBytes = wayTo(ip, facts)?.mtuBytes;
    if (forwarding.by !== "tunnel" || mtuBytes === undefined) continue;
    const family: Family = ip.length === 4 ? 4 : 6;
    const what = `${forwarding.type}: ${mtuBytes - overheadBytes(family, forwarding)} of ${mtuBytes} bytes`;
    fitting.set(what, [...(fitting.get(what) ?? []), member]);
  }
  return Array.from(fitting, ([what, members]) =>
    well(
      "mtu",
      `${addressesOf(members)} by ${what} are left: of longer packets clients are told by ICMP, which no firewall may drop`,
    ),
  );
}

/** What stands before the packet: IP, and of gue UDP with its header, of gre four bytes and a checksum. */
const overheadBytes = (family: Family, { type, checksum }: IpvsTunnel): number =>
  (family === 4 ? 20 : 40) +
  { ipip: 0, gue: 8 + 4 + (checksum === "remote" ? 8 : 0), gre: 4 + (checksum === "none" ? 0 : 4) }[
    type
  ];
