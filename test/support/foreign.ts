/** Frames of others that a MASTER may see, as they are on the wire. */
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
export function advertFrame(source: string, priority: number, from: string): Uint8Array {
  const destination = ip("224.0.0.18");
  return encodeEthernet({
    destination: multicastMac(destination),
    source: mac(from),
    tags: [],
    etherType: ETHER_TYPE.ipv4,
    payload: encodeIpv4({
      trafficClass: 0xc0,
      identification: 0,
      dontFragment: false,
      moreFragments: false,
      fragmentOffset: 0,
      ttl: 255,
      protocol: IP_PROTOCOL.vrrp,
      source: ip(source),
      destination,
      options: new Uint8Array(),
      payload: advertOfPeer(source, priority),
    }),
  });
}
