/** What an onlooker hears, made by the real encoders: adverts as captured packets, and an observer of them. */
import assert from "node:assert/strict";
import { formatMac, isMulticastIp } from "../../src/core/addr.ts";
import type { CapturePacket } from "../../src/core/capture/packet.ts";
import { dissect } from "../../src/core/dissect/frame.ts";
import type { SeenVrrp } from "../../src/core/dissect/seen.ts";
import { IP_PROTOCOL } from "../../src/core/wire/carrier.ts";
import { ETHER_TYPE, encodeEthernet, multicastMac } from "../../src/core/wire/ethernet.ts";
import { encodeIpv4 } from "../../src/core/wire/ipv4.ts";
import { encodeIpv6 } from "../../src/core/wire/ipv6.ts";
import { encodeVrrp, type VrrpAuth } from "../../src/core/wire/vrrp.ts";
import type { Change } from "../../src/proto/sniff/change.ts";
import { Observer, type ObserverOptions } from "../../src/proto/sniff/observer.ts";
import type { AdvertSighting, Sighting } from "../../src/proto/sniff/sighting.ts";
import { readSniffed, type SniffedAdvert } from "../../src/proto/sniff/sniffed-advert.ts";
import { Speaker } from "../../src/proto/sniff/speaker.ts";
import { ip, mac } from "./packets.ts";
import { packetOf } from "./pcap-file.ts";

/** An advert in the words of a test. What is not said is as a router of VRID 51 on eth0 has it. */
export interface Said {
  readonly atMs?: number; // since START_MS
  readonly source?: string; // 10.0.0.2, or an address of IPv6
  readonly destination?: string; // VRRP's group
  readonly mac?: string; // that of the last byte of the source
  readonly vrid?: number;
  readonly priority?: number;
  readonly version?: 2 | 3;
  readonly intervalMs?: number;
  readonly addresses?: readonly string[];
  readonly auth?: VrrpAuth; // in version 2
  readonly bare?: boolean; // the checksum is of the VRRP bytes alone
  readonly ttl?: number;
  readonly id?: number; // IPv4 identification
  readonly vlans?: readonly number[];
  readonly ifName?: string;
  readonly direction?: CapturePacket["direction"];
  /** Changes the message before it goes into its packet. */
  readonly altered?: (message: Uint8Array) => Uint8Array;
}

/** When tests begin: as the wall clock of `FakePorts`. */
export const START_MS = Date.UTC(2026, 0, 2);

export const [A, B, C] = ["10.0.0.2", "10.0.0.3", "10.0.0.4"] as const;

/** The packet on an Ethernet. */
export function advertPacket(said: Said = {}): CapturePacket {
  const { source = A, vlans = [], ttl = 255, id = 0, altered = (message) => message } = said;
  const isIpv6 = source.includes(":");
  const destination = ip(said.destination ?? (isIpv6 ? "ff02::12" : "224.0.0.18"));
  const carrier = { source: ip(source), destination };
  const payload = altered(encodeVrrp(advertOf(said, isIpv6), carrier));
  const common = { trafficClass: 0xc0, protocol: IP_PROTOCOL.vrrp, ...carrier, payload };
  const frame = encodeEthernet({
    destination: isMulticastIp(destination) ? multicastMac(destination) : mac("02:00:00:00:00:09"),
    source: mac(said.mac ?? macOf(source)),
    tags: vlans.map((vlanId) => ({ tpid: 0x8100, priority: 0, dropEligible: false, vlanId })),
    etherType: isIpv6 ? ETHER_TYPE.ipv6 : ETHER_TYPE.ipv4,
    payload: isIpv6
      ? encodeIpv6({ ...common, flowLabel: 0, hopLimit: ttl, extensions: [] })
      : encodeIpv4({ ...common, ...UNFRAGMENTED, identification: id, ttl }),
  });
  return framePacket(frame, said);
}

/** Any frame as it comes from an interface. */
export function framePacket(
  frame: Uint8Array,
  { atMs = 0, ifName = "eth0", direction = "in" }: Said = {},
): CapturePacket {
  const wallMs = START_MS + atMs;
  const seconds = Math.floor(wallMs / 1000);
  return {
    ...packetOf(frame, 1),
    seconds,
    nanoseconds: Math.round((wallMs - seconds * 1000) * 1e6),
    interfaceName: ifName,
    direction,
  };
}

export function seenOf(packet: CapturePacket): SeenVrrp {
  const seen = dissect(packet);
  return seen?.kind === "vrrp" ? seen : assert.fail(`${seen?.kind} is no advert`);
}

/** As an onlooker reads it. */
export const sniffed = (said: Said = {}): SniffedAdvert =>
  readSniffed(seenOf(advertPacket(said)), said.ifName ?? "eth0").advert;

/** What is wrong with it by itself: its code, level and text. */
export const flawsOf = (packet: CapturePacket): string[] =>
  readSniffed(seenOf(packet), "eth0").flaws.map(
    ({ code, level, text }) => `${code} ${level}: ${text}`,
  );

/** Heard once. */
export const speaker = (said: Said = {}): Speaker =>
  new Speaker(sniffed(said), START_MS + (said.atMs ?? 0));

/** An observer, and what it told. */
export class Onlooker {
  readonly changes: Change[] = [];
  readonly observer: Observer;

  constructor(options: Partial<ObserverOptions> = {}) {
    this.observer = new Observer({
      wants: () => true,
      hmac: null,
      onChange: (change) => this.changes.push(change),
      ...options,
    });
  }

  hear(said: Said = {}): AdvertSighting {
    const sighting = this.see(advertPacket(said));
    return sighting?.kind === "advert" ? sighting : assert.fail(`${sighting?.kind} is no advert`);
  }

  /** The codes of what is not right with it. */
  judge(said: Said = {}): string[] {
    return this.hear(said).reasons.map(({ code }) => code);
  }

  see(packet: CapturePacket): Sighting | undefined {
    return this.observer.hear(packet);
  }

  /** @param atMs since START_MS */
  tick(atMs: number): void {
    this.observer.tick(START_MS + atMs);
  }

  get router() {
    const [router] = this.observer.routers;
    return router ?? assert.fail("no router");
  }

  /** What was told since the last look. */
  take(): string[] {
    return this.changes.splice(0).map(changeText);
  }
}

/** `1000 second-master 10.0.0.3 90 10.0.0.2`: milliseconds since START_MS, kind, values; of reasons the codes. */
export function changeText({ atMs, kind, segment: _, vrid: __, family: ___, ...rest }: Change) {
  const values = Object.values(rest).map((value) =>
    Array.isArray(value)
      ? value.map((one) => (typeof one === "object" ? one.code : one)).join(",")
      : `${value ?? "-"}`,
  );
  return [atMs - START_MS, kind, ...values].join(" ").trimEnd();
}

function advertOf(said: Said, isIpv6: boolean): Parameters<typeof encodeVrrp>[0] {
  const { vrid = 51, priority = 100, version = 3, intervalMs = 1000 } = said;
  const { addresses = [isIpv6 ? "fe80::100" : "10.0.0.100"] } = said;
  const fields = {
    vrid,
    priority,
    adverIntervalCs: intervalMs / 10,
    addresses: addresses.map(ip),
  };
  return version === 3
    ? { version, ...fields, checksum: said.bare === true ? "bare" : "pseudo-header" }
    : { version, ...fields, auth: said.auth ?? { type: "none" } };
}

function macOf(source: string): string {
  const octets = ip(source);
  return formatMac(Uint8Array.of(2, 0, 0, 0, 0, octets.at(-1) ?? 0));
}

const UNFRAGMENTED = {
  dontFragment: false,
  moreFragments: false,
  fragmentOffset: 0,
  options: new Uint8Array(),
} as const;
