/**
 * Who uses a VRID with adverts that no receiver of VRRP believes. CARP of OpenBSD is among them: the
 * same protocol number and the same virtual MAC addresses, with its vhid where the VRID stands.
 */
import { type Family, familyOf, formatIp, formatMac } from "../../core/addr.ts";
import { peekVrrp } from "../../core/wire/vrrp.ts";
import { vrrpInFrame } from "./frame-advert.ts";

export interface DisbelievedUse {
  readonly protocol: "vrrp" | "carp";
  readonly vrid: number; // 1..255
  readonly family: Family;
  readonly source: string; // IP address
  readonly mac: string; // who sent the frame
}

/** Total over any bytes. @returns undefined where no VRID is named */
export function disbelievedUse(frame: Uint8Array): DisbelievedUse | undefined {
  const carried = vrrpInFrame(frame);
  if (carried === undefined) return undefined;
  const { heard, mac } = carried;
  const vrid = peekVrrp(heard.payload)?.vrid ?? 0;
  if (vrid === 0) return undefined;
  return {
    protocol: isCarp(heard.payload) ? "carp" : "vrrp",
    vrid,
    family: familyOf(heard.source),
    source: formatIp(heard.source),
    mac: formatMac(mac),
  };
}

/** `struct carp_header` of netinet/ip_carp.h: version 2, type 1, and 7 words of authentication. */
const isCarp = (message: Uint8Array): boolean =>
  message.length === CARP_LENGTH && message[0] === 0x21 && message[3] === 7;

const CARP_LENGTH = 36;
