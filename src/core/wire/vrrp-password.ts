/** The simple password of a VRRP version 2 advert in a frame (RFC 2338 section 5.3.6). */
import { IP_PROTOCOL } from "./carrier.ts";
import { ETHER_TYPE } from "./ethernet.ts";

/**
 * Overwrites what stands behind the addresses of such an advert in an untagged Ethernet frame. The
 * checksum stays that of the original.
 * @returns whether there was something to overwrite
 */
export function blankVrrpPassword(frame: Uint8Array): boolean {
  const byte = (at: number): number => frame[at] ?? 0;
  if (byte(12) * 256 + byte(13) !== ETHER_TYPE.ipv4 || byte(23) !== IP_PROTOCOL.vrrp) return false;
  const at = 14 + (byte(14) & 0x0f) * 4;
  if (byte(at) >>> 4 !== 2 || byte(at + 4) !== SIMPLE_PASSWORD) return false;
  const passwordAt = at + 8 + byte(at + 3) * 4;
  frame.fill(0, passwordAt);
  return passwordAt < frame.length;
}

const SIMPLE_PASSWORD = 1;
