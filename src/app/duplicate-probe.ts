/** Asks a segment who has addresses: the machine of `proto/duplicate-probe.ts` on packet sockets. */
import { familyOf, formatIp, formatMac, type IpBytes } from "../core/addr.ts";
import type { Link } from "../core/netlink/rtnl-link.ts";
import { ETHER_TYPE } from "../core/wire/ethernet.ts";
import { drive } from "../io/drive.ts";
import type { PacketSocket, Ports } from "../io/ports.ts";
import { decodeClaim, probeFrame } from "../proto/duplicate-frames.ts";
import { type Duplicate, DuplicateProbe } from "../proto/duplicate-probe.ts";

/** Whether neighbours can be asked on this link at all: Ethernet, with a carrier, not loopback. */
export const canProbe = (link: Link): boolean =>
  link.running && !link.loopback && !link.noArp && link.mac.length === 6;

/**
 * @returns who has one of the addresses already; empty after 0.8 s when nobody answers.
 * @throws SystemError; the reason of `signal` when it aborts
 */
export function probeDuplicates(
  ports: Pick<Ports, "clock" | "openPacketSocket">,
  link: Link,
  ips: readonly IpBytes[],
  signal: AbortSignal,
): Promise<readonly Duplicate[]> {
  return new Promise((resolve, reject) => {
    const sockets = new Map<number, PacketSocket>();
    const byText = new Map(ips.map((ip) => [formatIp(ip), ip]));
    const machine = new DuplicateProbe([...byText.keys()], formatMac(link.mac));
    const end = (settle: () => void): void => {
      driver.stop();
      signal.removeEventListener("abort", abort);
      for (const socket of sockets.values()) socket.close();
      settle();
    };
    const abort = (): void => end(() => reject(signal.reason));
    const driver = drive(machine, ports.clock, (order) => {
      if (order.kind === "finish") return end(() => resolve(order.duplicates));
      try {
        for (const text of order.ips) {
          const ip = byText.get(text) as IpBytes;
          sockets.get(familyOf(ip))?.send(probeFrame(ip, link.mac));
        }
      } catch (error) {
        end(() => reject(error));
      }
    });
    const onFrame = (frame: Uint8Array): void => {
      const claim = decodeClaim(frame);
      if (claim === undefined) return;
      driver.feed({ kind: "claim-heard", ip: formatIp(claim.ip), mac: formatMac(claim.mac) });
    };
    try {
      signal.throwIfAborted();
      for (const family of new Set(ips.map(familyOf))) {
        const etherType = family === 4 ? ETHER_TYPE.arp : ETHER_TYPE.ipv6;
        const options = { ifName: link.name, ifIndex: link.ifIndex, etherType, onFrame };
        sockets.set(family, ports.openPacketSocket(options));
      }
      signal.addEventListener("abort", abort, { once: true });
      driver.feed({ kind: "started" });
    } catch (error) {
      end(() => reject(error));
    }
  });
}
