/** Frames of others that a MASTER may see, as they are on the wire. */
import type { IpBytes, MacBytes } from "../../src/core/addr.ts";
import { internetChecksum } from "../../src/core/checksum.ts";
import { IP_PROTOCOL } from "../../src/core/wire/carrier.ts";
import { ETHER_TYPE, encodeEthernet, multicastMac } from "../../src/core/wire/ethernet.ts";
import { encodeIpv4 } from "../../src/core/wire/ipv4.ts";
import { announcementFrames } from "../../src/proto/announcement.ts";
import { ip, mac } from "./packets.ts";
import { advertOfPeer } from "./vrrp.ts";

/** Somebody's announcement of an address. */
export function claimFrame(address: string, from: string): Uint8Array {
  const style = { mac: mac(from), to: null, arpForm: "request", router: false } as const;
  const [frame] = announcementFrames(ip(address), style);
  return frame as Uint8Array;
}

/** The frame of `advertOfPeer`. */
export const advertFrame = (source: string, priority: number, from: string): Uint8Array =>
  groupFrame(advertOfPeer(source, priority), { source: ip(source), sourceMac: mac(from) });

/** The frame of an advert over IPv4 to the group. */
export function groupFrame(
  payload: Uint8Array,
  from: { readonly source: IpBytes; readonly sourceMac: MacBytes; readonly ttl?: number },
): Uint8Array {
  const destination = ip("224.0.0.18");
  return encodeEthernet({
    destination: multicastMac(destination),
    source: from.sourceMac,
    tags: [],
    etherType: ETHER_TYPE.ipv4,
    payload: encodeIpv4({
      trafficClass: 0xc0,
      identification: 0,
      dontFragment: false,
      moreFragments: false,
      fragmentOffset: 0,
      ttl: from.ttl ?? 255,
      protocol: IP_PROTOCOL.vrrp,
      source: from.source,
      destination,
      options: new Uint8Array(),
      payload,
    }),
  });
}

/** CARP over IPv4: `struct carp_header` of OpenBSD's netinet/ip_carp.h, with zeros for its digest. */
export function carpFrame(source: string, vhid: number): Uint8Array {
  const [advskew, authWords, demotion, advbase] = [100, 7, 0, 1];
  const payload = new Uint8Array(36);
  payload.set([0x21, vhid, advskew, authWords, demotion, advbase]);
  const checksum = internetChecksum(payload);
  payload.set([checksum >>> 8, checksum & 0xff], 6);
  return groupFrame(payload, {
    source: ip(source),
    sourceMac: Uint8Array.of(0x00, 0x00, 0x5e, 0x00, 0x01, vhid),
  });
}
