/** Where a host believes its neighbours to be (ip-neighbour(8)), and where it is to find a virtual router. */
import type { Host } from "./netns.ts";
import type { VirtualRouter } from "./router.ts";

/** The MAC address of a virtual router (RFC 9568 section 7.3). */
export const virtualMacOf = ({ vip, vrid }: Pick<VirtualRouter, "vip" | "vrid">): string =>
  `00:00:5e:00:0${vip.includes(":") ? 2 : 1}:${vrid.toString(16).padStart(2, "0")}`;

/** The MAC address at which it believes an address to be; undefined where it knows none. */
export async function neighbourOf(host: Host, address: string): Promise<string | undefined> {
  const entry = await host.run("ip", "neighbour", "show", "to", address, "dev", "eth0");
  return /lladdr (\S+)/.exec(entry)?.[1];
}
