/** Sends announcements of addresses on one interface; what they say is `proto/announcement.ts`. */
import { familyOf, type IpBytes } from "../core/addr.ts";
import { UsageError } from "../core/errors.ts";
import type { Link } from "../core/netlink/rtnl-link.ts";
import type { Closable, Ports } from "../io/ports.ts";
import { type AnnouncementStyle, announcementFrames, rarpFrame } from "../proto/announcement.ts";

/** The interface that announces. */
export type AnnouncingLink = Pick<Link, "name" | "ifIndex" | "mac">;

export interface Announcer extends Closable {
  /**
   * Every address, so many rounds, in this turn of the loop; with `rarp` each round has one more
   * frame for switches.
   * @returns frames sent. @throws SystemError
   */
  announce(rounds: number): number;
}

type Outside = Pick<Ports, "openPacketSocket" | "readSysctl">;

/** Announcements are Ethernet's. */
export const isEthernet = ({ hardwareType }: Pick<Link, "hardwareType">): boolean =>
  hardwareType === ARPHRD_ETHER;

/** @throws UsageError */
export function requireEthernet(link: Pick<Link, "name" | "hardwareType">): void {
  if (!isEthernet(link)) throw new UsageError(`${link.name}: is no Ethernet interface`);
}

/** The frames are made at once, so that a takeover need not wait for them. @throws SystemError */
export function openAnnouncer(
  ports: Outside,
  link: AnnouncingLink,
  ips: readonly IpBytes[],
  { rarp = false, ...style }: Partial<AnnouncementStyle> & { readonly rarp?: boolean } = {},
): Announcer {
  const forwards = (): boolean =>
    ips.some((ip) => familyOf(ip) === 6) && forwardsIpv6(ports, link.name);
  const framesOf = (router: boolean): Uint8Array[] => {
    const whole = { mac: link.mac, to: null, arpForm: "request", router, ...style } as const;
    const frames = ips.flatMap((ip) => announcementFrames(ip, whole));
    return rarp ? [...frames, rarpFrame(whole)] : frames;
  };
  let router = forwards();
  let frames = framesOf(router);
  const socket = ports.openPacketSocket({ ifName: link.name, ifIndex: link.ifIndex });
  return {
    announce(rounds) {
      if (forwards() !== router) {
        router = !router;
        frames = framesOf(router);
      }
      for (let round = 0; round < rounds; round++) {
        for (const frame of frames) socket.send(frame);
      }
      return rounds * frames.length;
    },
    close: () => socket.close(),
  };
}

/** Whether this host is a router there, as neighbour advertisements are to say. */
export const forwardsIpv6 = (ports: Pick<Ports, "readSysctl">, ifName: string): boolean =>
  ports.readSysctl(`net/ipv6/conf/${ifName}/forwarding`) === "1";

const ARPHRD_ETHER = 1; // linux/if_arp.h
