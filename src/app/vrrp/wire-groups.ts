/** Membership in VRRP's groups for somebody who only listens: a switch that snoops lets adverts through then. */
import type { Family, IpBytes } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { Link } from "../../core/netlink/rtnl-link.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import type { Closable, Ports } from "../../io/ports.ts";
import { VRRP_GROUP } from "../../proto/vrrp/reach.ts";

type Place = Pick<Link, "name" | "ifIndex">;
type Outside = Pick<Ports, "openIpSocket">;

/**
 * Of both families unless one was asked for: then an interface may be without the other.
 * @throws SystemError
 */
export function joinGroups(place: Place, wanted: Family | undefined, ports: Outside): Closable[] {
  return ([4, 6] as const).flatMap((family) => {
    if (family !== (wanted ?? family)) return [];
    try {
      return [joinGroup(place, family, ports)];
    } catch (error) {
      if (wanted === undefined && error instanceof SystemError && error.code !== "EPERM") return [];
      throw error;
    }
  });
}

const joinGroup = ({ name, ifIndex }: Place, family: Family, ports: Outside): Closable =>
  ports.openIpSocket({
    family,
    protocol: IP_PROTOCOL.vrrp,
    ifName: name,
    ifIndex,
    source: UNSPECIFIED[family],
    group: VRRP_GROUP[family],
    onDatagram: () => {}, // a capture has it, whatever a firewall thinks of it
  });

const UNSPECIFIED: Readonly<Record<Family, IpBytes>> = {
  4: new Uint8Array(4),
  6: new Uint8Array(16),
};
