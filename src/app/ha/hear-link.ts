/** What is heard on a link for a while, as a configuration is held against it. */
import type { HeardLink, HeardSpeaker } from "../../config/wire/heard.ts";
import { checksumFlavour } from "../../proto/sniff/sniffed-advert.ts";
import type { Speaker } from "../../proto/sniff/speaker.ts";
import { hearWire } from "../vrrp/onlooking.ts";

/** Takes part in nothing. @throws as `hearWire` does */
export async function hearLink(
  ifName: string,
  listenMs: number,
  ports: Parameters<typeof hearWire>[1],
  signal: AbortSignal,
): Promise<HeardLink> {
  const question = { ifName, vrid: undefined, family: undefined, listenMs };
  const { routers, listenedMs } = await hearWire(question, ports, signal);
  return {
    ifName,
    listenedMs,
    routers: routers.map(({ vrid, family, contention, speakers, rejected }) => ({
      vrid,
      family,
      // Masters first, in their order.
      speakers: [...new Set([...contention.masters, ...speakers.values()])].map(heardSpeaker),
      disbelieved: rejected,
    })),
  };
}

const heardSpeaker = ({ advert, claim, here }: Speaker): HeardSpeaker => ({
  source: advert.sourceIp,
  isMaster: claim === "master",
  isHere: here,
  version: advert.version,
  intervalMs: advert.intervalMs,
  auth: advert.auth,
  checksum: checksumFlavour(advert.checksum),
  addresses: advert.addresses,
});
