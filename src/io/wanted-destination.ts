/** Which datagrams are for one `IpSocket`: raw sockets get those of the other sockets of the host too. */
import { type IpBytes, sameIp } from "../core/addr.ts";
import type { IpSocketOptions } from "./ports.ts";

/** Its group, and its own address: who sends there by mistake is to be told. */
export const isWanted = (
  destination: IpBytes,
  { source, group }: Pick<IpSocketOptions, "source" | "group">,
): boolean => sameIp(destination, source) || (group !== null && sameIp(destination, group));
