/** Sends announcements of addresses on one interface; what they say is `proto/announcement.ts`. */
import type { IpBytes } from "../core/addr.ts";
import type { Link } from "../core/netlink/rtnl-link.ts";
import type { Closable, Ports } from "../io/ports.ts";
import { type AnnouncementStyle, announcementFrames } from "../proto/announcement.ts";

/** The interface that announces. */
export type AnnouncingLink = Pick<Link, "name" | "ifIndex" | "mac">;

export interface Announcer extends Closable {
  /**
   * One round for each address, in this turn of the loop.
   * @returns frames sent. @throws SystemError
   */
  announce(ips: readonly IpBytes[]): number;
}

type Outside = Pick<Ports, "openPacketSocket" | "readSysctl">;

export function openAnnouncer(
  ports: Outside,
  link: AnnouncingLink,
  style: Partial<AnnouncementStyle> = {},
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
        rarp: false,
        ...style,
      } as const;
      const frames = ips.flatMap((ip) => announcementFrames(ip, whole));
      for (const frame of frames) socket.send(frame);
      return frames.length;
    },
    close: () => socket.close(),
  };
}
