/** The options of `vrrp run` that say whom its adverts go to. */
import { groupReach, type VrrpPeer, type VrrpReach } from "../../app/vrrp/instance.ts";
import type { Family } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { anyAddress, ipAddress } from "../address-options.ts";
import { type ArgsOf, list, refuse, value } from "../option.ts";

export const reachOptions = {
  group: value(
    { value: "IP", describe: "Send adverts to this multicast group of the LAN" },
    anyAddress,
  ),
  peer: list(
    {
      value: "IP[,min-ttl=N][,max-ttl=N]",
      describe: "Send adverts to this router by unicast, and believe no other; once for each",
    },
    peerAddress,
  ),
};

/** Without a peer the adverts go to a group, and never because peers were given and came to nothing. @throws UsageError */
export function reachOf(
  { peer: peers, group }: ArgsOf<typeof reachOptions>,
  family: Family,
): VrrpReach {
  if (peers.length === 0) return groupReach(family, group);
  if (group === undefined) return { kind: "peers", peers };
  throw new UsageError("--peer and --group clash: adverts go by unicast or to a group");
}

/**
 * `192.0.2.2`, or `192.0.2.2,min-ttl=254,max-ttl=255`. Without bounds any TTL will do: routers may lie
 * between, and not every peer starts with 255.
 */
function peerAddress(text: string): VrrpPeer {
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
