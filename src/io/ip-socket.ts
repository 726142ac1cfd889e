/**
 * The `IpSocket` port: datagrams of one IP protocol on one interface, to a multicast group or
 * by unicast to others, and received from the group and at its source address.
 *
 * What this host sends to the group itself is not received. The source must be an address of the host:
 * over IPv4 `send` to a group fails where it is not, elsewhere nobody checks. A deleted interface needs a new socket.
 */
import { openIp4Socket } from "./ip4-socket.ts";
import { openIp6Socket } from "./ip6-socket.ts";
import type { IpSocket, IpSocketOptions } from "./ports.ts";

/** @throws SystemError `EPERM` without CAP_NET_RAW, `ENODEV` for an interface that is not there. */
export function openIpSocket(options: IpSocketOptions): IpSocket {
  return options.family === 4 ? openIp4Socket(options) : openIp6Socket(options);
}
