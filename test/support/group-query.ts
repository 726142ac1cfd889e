/**
 * What a multicast router asks everybody: which groups do you listen to? Answers come within 100 ms
 * (IGMPv3, RFC 9776 section 4.1; MLDv2, RFC 9777 section 5.1).
 */
import { parseMac } from "../../src/core/addr.ts";
import { internetChecksum } from "../../src/core/checksum.ts";
import { IP_PROTOCOL } from "../../src/core/wire/carrier.ts";
import { ETHER_TYPE, encodeEthernet, multicastMac } from "../../src/core/wire/ethernet.ts";
import { icmpv6Checksum } from "../../src/core/wire/icmpv6.ts";
import { encodeIpv4 } from "../../src/core/wire/ipv4.ts";
import { encodeIpv6 } from "../../src/core/wire/ipv6.ts";
import { ALL_NODES } from "../../src/core/wire/ndp.ts";
import { openPacketSocket } from "../../src/io/packet-socket.ts";
import { openInside } from "./inside.ts";
import type { Host } from "./netns.ts";
import { ip } from "./packets.ts";
import { Witness } from "./witness.ts";

/** Asks until the host has answered with its own MAC address: what else it has to say is said by then. */
export async function askForGroups(
  asker: Host,
  host: Host,
  family: "IPv4" | "IPv6",
): Promise<void> {
  const reports = await Witness.open(
    host,
    `outbound and ether src ${host.mac} and ${REPORTS[family]}`,
  );
  for (let tries = 1; ; tries++) {
    await ask(asker);
    try {
      await reports.next(/ report/, ANSWER_MS);
      return;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}

/** Once in each protocol. */
async function ask(host: Host): Promise<void> {
  const inside = await openInside(host);
  const { ifName, ifIndex } = inside;
  const socket = inside.run(() => openPacketSocket({ ifName, ifIndex }));
  const source = parseMac(host.mac) ?? new Uint8Array();
  const send = (destination: Uint8Array, etherType: number, payload: Uint8Array): void =>
    socket.send(
      encodeEthernet({
        destination: multicastMac(destination),
        source,
        tags: [],
        etherType,
        payload,
      }),
    );
  send(ALL_HOSTS, ETHER_TYPE.ipv4, igmpQuery(ip(host.ipv4)));
  send(ALL_NODES, ETHER_TYPE.ipv6, mldQuery(ip(host.linkLocal)));
  socket.close();
}

function igmpQuery(source: Uint8Array): Uint8Array {
  const payload = Uint8Array.of(0x11, 1, 0, 0, 0, 0, 0, 0, 2, 125, 0, 0);
  new DataView(payload.buffer).setUint16(2, internetChecksum(payload));
  const header = { trafficClass: 0xc0, identification: 0, fragmentOffset: 0, ttl: 1, protocol: 2 };
  const whole = { ...header, dontFragment: false, moreFragments: false };
  const options = Uint8Array.of(148, 4, 0, 0); // router alert
  return encodeIpv4({ ...whole, source, destination: ALL_HOSTS, options, payload });
}

function mldQuery(source: Uint8Array): Uint8Array {
  const carrier = { source, destination: ALL_NODES };
  const payload = Uint8Array.of(130, 0, 0, 0, 0, 100, 0, 0, ...new Uint8Array(16), 2, 125, 0, 0);
  new DataView(payload.buffer).setUint16(2, icmpv6Checksum(payload, carrier));
  const alert = { type: IP_PROTOCOL.hopByHop, body: Uint8Array.of(5, 2, 0, 0, 1, 0) };
  const header = { trafficClass: 0, flowLabel: 0, hopLimit: 1, protocol: IP_PROTOCOL.icmpv6 };
  return encodeIpv6({ ...header, ...carrier, extensions: [alert], payload });
}

const ALL_HOSTS = Uint8Array.of(224, 0, 0, 1);
const REPORTS = { IPv4: "igmp", IPv6: "ip6 proto 0" } as const;
const ANSWER_MS = 500;
const MOST_TRIES = 20; // under load one may be lost
