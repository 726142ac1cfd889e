/** Sends announcements of addresses on one interface; what they say is `proto/announcement.ts`. */
import type { IpBytes } from "../core/addr.ts";
import { UsageError } from "../core/errors.ts";
import type { Link } from "../core/netlink/rtnl-link.ts";
import type { Closable, Ports } from "../io/ports.ts";
import { type AnnouncementStyle, announcementFrames, rarpFrame } from "../proto/announcement.ts";

/** The interface that announces. */
export type AnnouncingLink = Pick<Link, "name" | "ifIndex" | "mac">;

export interface Announcer extends Closable {
  /**
   * One round for each address, in this turn of the loop, and with `rarp` one more frame for switches.
   * @returns frames sent. @throws SystemError
   */
  announce(ips: readonly IpBytes[]): number;
}

type Outside = Pick<Ports, "openPacketSocket" | "readSysctl">;

/** Announcements are Ethernet's. @throws UsageError */
export function requireEthernet({ name, hardwareType }: Pick<Link, "name" | "hardwareType">): void {
  if (hardwareType !== ARPHRD_ETHER) throw new UsageError(`${name}: is no Ethernet interface`);
}

export function openAnnouncer(
  ports: Outside,
  link: AnnouncingLink,
  { rarp = false, ...style }: Partial<AnnouncementStyle> & { readonly rarp?: boolean } = {},
): Announcer {
  const socket = ports.openPacketSocket({ ifName: link.name, ifIndex: link.ifIndex });
  return {
    announce(ips) {
      const router = ports.readSysctl(`net/ipv6/conf/${link.name}/forwarding`) === "1";
      const whole = {
        mac: link.mac,
        to: null,
        arpForm: "request",
        router,
        ...style,
      } as const;
      const frames = ips.flatMap((ip) => announcementFrames(ip, whole));
      if (rarp) frames.push(rarpFrame(whole));
      for (const frame of frames) socket.send(frame);
      return frames.length;
    },
    close: () => socket.close(),
  };
}

const ARPHRD_ETHER = 1; // linux/if_arp.h
