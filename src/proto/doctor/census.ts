/**
 * Who advertises on a LAN and how: of every advert that passes the interface its sender, with what is
 * needed to hold one sender against another. Nothing is judged here.
 */
import {
  type Family,
  familyOf,
  formatIp,
  formatMac,
  type IpBytes,
  isMulticastIp,
} from "../../core/addr.ts";
import { LINKTYPE } from "../../core/capture/link-type.ts";
import type { CapturePacket } from "../../core/capture/packet.ts";
import { beginsAsProbe } from "../../core/wire/delivery-probe.ts";
import type { VrrpAuth, VrrpChecksum } from "../../core/wire/vrrp.ts";
import { peekVrrp } from "../../core/wire/vrrp.ts";
import { splitTrailer } from "../../core/wire/vrrp-hmac.ts";
import { Observer } from "../sniff/observer.ts";
import type { Speaker as Advertiser } from "../sniff/speaker.ts";
import { vrrpInFrame } from "../vrrp/frame-datagram.ts";
import { decodeAdvert, type HeardDatagram } from "../vrrp/receive.ts";
import type { MasterFact, RouterFact } from "./facts.ts";

/** One sender of adverts for one VRID. */
export interface Speaker {
  readonly family: Family;
  readonly vrid: number;
  readonly source: string;
  readonly mac: string;
  readonly here: boolean; // the frames leave from this host
  readonly toGroup: boolean; // at least once, else by unicast alone
  readonly alone: number; // adverts while the group was not joined by us
  readonly joined: number; // and since it was
  readonly expected: number; // of the latter, those to where the protocol's socket listens
  readonly received: number; // of these, those that it got
  readonly lowestTtl: number; // of those to a group; 255 where there are none
  readonly flaws: Readonly<Record<string, number>>; // why adverts were no good: codes of `decodeVrrp`
  readonly version: number;
  readonly terms: SpeakerTerms | null; // of its last good advert; null: there was none
}

/** What the routers of one VRID have to agree on. */
export interface SpeakerTerms {
  readonly version: 2 | 3;
  readonly priority: number;
  readonly intervalMs: number;
  readonly addresses: readonly string[];
  readonly auth: VrrpAuth["type"] | null; // version 2 alone
  readonly password: Uint8Array | null; // to be compared, never shown
  readonly checksum: VrrpChecksum | null; // version 3 over IPv4 alone
  readonly signed: boolean; // has a trailer
}

/** Bounded: of more than `MAX_SPEAKERS` the later ones are left out. */
export class AdvertCensus {
  readonly #speakers = new Map<string, MutableSpeaker>();
  readonly #received = new Map<string, number>();
  readonly #observer = new Observer({ wants: () => true, hmac: null, onChange: () => {} });
  #listensAt: ReadonlySet<string> | undefined;

  /** From now on the protocol's socket listens, for what goes to these addresses. */
  join(addresses: readonly IpBytes[]): void {
    this.#listensAt = new Set(addresses.map(formatIp));
  }

  /** A frame at the interface; `atMs` of any clock that goes on. */
  hear(frame: Uint8Array, { here, atMs }: { here: boolean; atMs: number }): void {
    const carried = vrrpInFrame(frame);
    if (carried === undefined || beginsAsProbe(carried.heard.payload)) return;
    const { heard, mac } = carried;
    const head = peekVrrp(heard.payload);
    if (head === undefined) return;
    const speaker = this.#speaker(heard, head.vrid, formatMac(mac), here);
    if (speaker === undefined) return;
    speaker.version = head.version;
    speaker[this.#listensAt === undefined ? "alone" : "joined"] += 1;
    if (this.#listensAt?.has(formatIp(heard.destination))) speaker.expected += 1;
    if (isMulticastIp(heard.destination)) {
      speaker.toGroup = true;
      speaker.lowestTtl = Math.min(speaker.lowestTtl, heard.ttl);
    }
    const terms = termsOf(heard);
    if (typeof terms === "string") speaker.flaws[terms] = (speaker.flaws[terms] ?? 0) + 1;
    else speaker.terms = terms;
    this.#observer.hear(packetOf(frame, here, atMs));
  }

  /** A datagram on the protocol's socket. */
  receive(heard: HeardDatagram): void {
    const vrid = peekVrrp(heard.payload)?.vrid;
    if (vrid === undefined || beginsAsProbe(heard.payload)) return;
    const key = `${vrid} ${formatIp(heard.source)}`;
    if (this.#received.size >= MAX_SPEAKERS && !this.#received.has(key)) return;
    this.#received.set(key, (this.#received.get(key) ?? 0) + 1);
  }

  /** In the order of VRID, family and source. */
  speakers(): Speaker[] {
    return [...this.#speakers.values()]
      .map((one) => ({
        ...one,
        received: Math.min(one.expected, this.#received.get(`${one.vrid} ${one.source}`) ?? 0),
      }))
      .sort((a, b) => a.vrid - b.vrid || a.family - b.family || (a.source < b.source ? -1 : 1));
  }

  /** In the order of VRID and family. */
  routers(nowMs: number): RouterFact[] {
    this.#observer.tick(nowMs);
    return [...this.#observer.routers]
      .filter(({ speakers }) => speakers.size > 0)
      .sort((a, b) => a.vrid - b.vrid || a.family - b.family)
      .map(({ vrid, family, contention, speakers }) => {
        const { masters } = contention;
        const former = [...speakers.values()].filter((one) => !masters.includes(one));
        return { vrid, family, masters: masters.map(masterFact), former: former.map(masterFact) };
      });
  }

  #speaker(
    heard: HeardDatagram,
    vrid: number,
    mac: string,
    here: boolean,
  ): MutableSpeaker | undefined {
    const [family, source] = [familyOf(heard.source), formatIp(heard.source)];
    const key = `${vrid} ${source} ${mac} ${here}`;
    const known = this.#speakers.get(key);
    if (known !== undefined || this.#speakers.size >= MAX_SPEAKERS) return known;
    const fresh: MutableSpeaker = {
      family,
      vrid,
      source,
      mac,
      here,
      toGroup: false,
      alone: 0,
      joined: 0,
      expected: 0,
      received: 0,
      lowestTtl: 255,
      flaws: {},
      version: 0,
      terms: null,
    };
    this.#speakers.set(key, fresh);
    return fresh;
  }
}

const packetOf = (bytes: Uint8Array, here: boolean, atMs: number): CapturePacket => ({
  seconds: Math.floor(atMs / 1000),
  nanoseconds: Math.round((atMs % 1000) * 1e6),
  linkType: LINKTYPE.ethernet,
  interfaceName: "",
  direction: here ? "out" : "in",
  wireBytes: bytes.length,
  bytes,
  start: 0,
  end: bytes.length,
});

function masterFact({ advert, here }: Advertiser): MasterFact {
  const { source, sourceMac, priority, intervalMs, addresses } = advert;
  return { last: { source, mac: sourceMac ?? "", priority, intervalMs, addresses }, here };
}

/** @returns why it is no good advert */
function termsOf(heard: HeardDatagram): SpeakerTerms | string {
  const advert = decodeAdvert(heard);
  if (!advert.ok) return advert.fault.code;
  const { version, priority, adverIntervalCs, addresses } = advert.value;
  const auth = version === 2 ? advert.value.auth : null;
  const isIp4 = heard.source.length === 4;
  return {
    version,
    priority,
    intervalMs: adverIntervalCs * 10,
    addresses: addresses.map((ip: IpBytes) => formatIp(ip)),
    auth: auth?.type ?? null,
    password: auth?.type === "pass" ? auth.password : null,
    checksum: advert.value.version === 3 && isIp4 ? advert.value.checksum : null,
    signed: splitTrailer(heard.payload, familyOf(heard.source)).trailer !== undefined,
  };
}

type MutableSpeaker = { -readonly [Key in keyof Speaker]: Speaker[Key] } & {
  flaws: Record<string, number>;
};

const MAX_SPEAKERS = 256;
