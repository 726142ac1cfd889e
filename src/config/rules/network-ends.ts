/** Virtual addresses that their network keeps for itself: its first one names it, its last one is its broadcast. */
import { addressBits, type Cidr, familyOf, formatIp, hasInPrefix } from "../../core/addr.ts";
import { END_OF_NETWORK } from "../codes/vrrp.ts";
import { spanOf } from "../effective/in-force.ts";
import { finding } from "../finding.ts";
import { addressesOf } from "./addresses.ts";
import type { Facts } from "./facts.ts";

/** By the length that is written, or else by the networks of the interface. */
export function findEndsOfNetworks({ vrrp, host, report }: Facts): void {
  for (const instance of vrrp.instances) {
    for (const { value, origin } of addressesOf(instance)) {
      const { address, options } = value;
      const link = host?.interfaces.get(options.dev.value ?? "")?.addresses ?? [];
      for (const network of [address, ...link.filter((one) => hasInPrefix(one, address.ip))]) {
        const end = endOf({ ...address, prefixLength: network.prefixLength });
        if (end === null) continue;
        const message = `${formatIp(address.ip)} is ${end} of its network (/${network.prefixLength}), and no address of a host`;
        report(finding(END_OF_NETWORK, spanOf(origin) ?? instance.span, message));
        break;
      }
    }
  }
}

/** Networks of two addresses and of one have no such ends, and IPv6 has no broadcast. */
function endOf({ ip, prefixLength }: Cidr): "the network address" | "the broadcast address" | null {
  const bits = addressBits(familyOf(ip)) - prefixLength;
  if (bits < 2 || prefixLength === 0) return null;
  const isAll = (wanted: number): boolean =>
    ip.every((byte, index) => {
      const mask = 0xff >> Math.min(8, Math.max(0, prefixLength - index * 8));
      return (byte & mask) === (wanted & mask);
    });
  if (isAll(0)) return "the network address";
  return familyOf(ip) === 4 && isAll(0xff) ? "the broadcast address" : null;
}
