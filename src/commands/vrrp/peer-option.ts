/** One `--peer` of `vrrp run`: `192.0.2.2`, or `192.0.2.2,min-ttl=254,max-ttl=255`. */
import type { VrrpPeer } from "../../app/vrrp/instance.ts";
import { ipAddress } from "../address-options.ts";
import { refuse } from "../option.ts";

/** Without bounds any TTL will do: routers may lie between, and not every peer starts with 255. */
export function peerAddress(text: string): VrrpPeer {
  const [address = "", ...bounds] = text.split(",");
  const ttl = { "min-ttl": 1, "max-ttl": 255 };
  const seen = new Set<string>();
  for (const bound of bounds) {
    const [, name, number] = /^(min-ttl|max-ttl)=(\d{1,3})$/.exec(bound) ?? [];
    if (name !== "min-ttl" && name !== "max-ttl") {
      return refuse(`says ${JSON.stringify(bound)}, not min-ttl=N or max-ttl=N`);
    }
    if (seen.has(name)) return refuse(`says ${name} twice`);
    seen.add(name);
    ttl[name] = Number(number);
    if (ttl[name] < 1 || ttl[name] > 255) return refuse(`has a ${name} that is not within 1..255`);
  }
  return { ip: ipAddress(address), minTtl: ttl["min-ttl"], maxTtl: ttl["max-ttl"] };
}
