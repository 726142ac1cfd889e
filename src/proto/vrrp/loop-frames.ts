/** The echo requests and answers by which a virtual router sees where its neighbours believe it to be. */
import { familyOf, formatMac, type IpBytes, type MacBytes, sameIp } from "../../core/addr.ts";
import { type BpfInstruction, compileFilter, every, some } from "../../core/bpf.ts";
import { IP_PROTOCOL } from "../../core/wire/carrier.ts";
import { decodeEthernet, ETHER_TYPE, encodeEthernet } from "../../core/wire/ethernet.ts";
import { claimsOneOf, isEchoReply, isReceived } from "../../core/wire/frame-filter.ts";
import { decodeIcmp, encodeIcmp } from "../../core/wire/icmp.ts";
import { decodeIcmpv6, encodeIcmpv6 } from "../../core/wire/icmpv6.ts";
import { decodeIpv4, encodeIpv4 } from "../../core/wire/ipv4.ts";
import { decodeIpv6, encodeIpv6 } from "../../core/wire/ipv6.ts";
import { decodeClaim } from "../duplicate-frames.ts";

/** One echo request; both addresses are of one family. */
export interface EchoRequest {
  readonly from: IpBytes;
  readonly fromMac: MacBytes;
  readonly to: IpBytes;
  readonly toMac: MacBytes;
  readonly identifier: number; // u16
  readonly sequence: number; // u16
}

/** What a neighbour says to us. */
export type NeighbourAnswer =
  | { readonly kind: "neighbour"; readonly mac: MacBytes }
  | { readonly kind: "echo"; readonly to: IpBytes }; // which of our addresses it answered

export function echoFrame(request: EchoRequest): Uint8Array {
  const { from, to, fromMac, toMac, identifier, sequence } = request;
  const message = { kind: "echo-request", identifier, sequence, data: new Uint8Array(8) } as const;
  const carrier = { source: from, destination: to };
  const [etherType, payload] =
    familyOf(to) === 4
      ? [ETHER_TYPE.ipv4, ipv4Packet(carrier, encodeIcmp(message))]
      : [ETHER_TYPE.ipv6, ipv6Packet(carrier, encodeIcmpv6(message, carrier))];
  return encodeEthernet({ destination: toMac, source: fromMac, tags: [], etherType, payload });
}

/** What `decodeAnswer` may understand, of any of the neighbours. */
export const answerFilter = (
  neighbours: readonly IpBytes[],
  identifier: number,
): BpfInstruction[] =>
  compileFilter(every(isReceived, some(claimsOneOf(neighbours), isEchoReply(identifier))));

/**
 * Total over any bytes. An answer that is for another MAC address proves nothing: a switch may
 * flood what it cannot place.
 */
export function decodeAnswer(
  frame: Uint8Array,
  neighbour: IpBytes,
  ourMacs: readonly string[],
): NeighbourAnswer | undefined {
  const ethernet = decodeEthernet(frame);
  if (!ethernet.ok || !ourMacs.includes(formatMac(ethernet.value.destination))) return undefined;
  const claim = decodeClaim(frame);
  if (claim !== undefined) {
    return sameIp(claim.ip, neighbour) ? { kind: "neighbour", mac: claim.mac } : undefined;
  }
  const { etherType, payload } = ethernet.value;
  const packet = etherType === ETHER_TYPE.ipv4 ? decodeIpv4(payload) : decodeIpv6(payload);
  if (!packet.ok || !sameIp(packet.value.source, neighbour)) return undefined;
  const { payload: body, destination: to } = packet.value;
  const message = familyOf(to) === 4 ? decodeIcmp(body) : decodeIcmpv6(body, packet.value);
  return message.ok && message.value.kind === "echo-reply" ? { kind: "echo", to } : undefined;
}

type Path = { readonly source: IpBytes; readonly destination: IpBytes };

const ipv4Packet = (path: Path, payload: Uint8Array): Uint8Array =>
  encodeIpv4({
    trafficClass: 0,
    identification: 0,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    ttl: 64,
    protocol: IP_PROTOCOL.icmp,
    source: path.source,
    destination: path.destination,
    options: new Uint8Array(),
    payload,
  });

const ipv6Packet = (path: Path, payload: Uint8Array): Uint8Array =>
  encodeIpv6({
    trafficClass: 0,
    flowLabel: 0,
    hopLimit: 64,
    source: path.source,
    destination: path.destination,
    extensions: [],
    protocol: IP_PROTOCOL.icmpv6,
    payload,
  });
