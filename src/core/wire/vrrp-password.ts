/** The simple password of a VRRP version 2 advert in a frame (RFC 2338 section 5.3.6). */
import { IP_PROTOCOL } from "./carrier.ts";
import { ETHER_TYPE } from "./ethernet.ts";

/**
 * Overwrites what stands behind the addresses of such an advert in an untagged Ethernet frame. The
 * checksum stays that of the original.
 * @returns whether there was something to overwrite
 */
export function blankVrrpPassword(frame: Uint8Array): boolean {
  const [upper = 0, lower = 0, versionAndLength = 0] = frame.subarray(12, 15);
  if ((upper << 8) + lower !== ETHER_TYPE.ipv4 || frame[23] !== IP_PROTOCOL.vrrp) return false;
  const at = 14 + (versionAndLength & 0x0f) * 4;
  const [version = 0, , , count = 0, authType] = frame.subarray(at, at + 5);
  if (version >>> 4 !== 2 || authType !== SIMPLE_PASSWORD) return false;
  frame.fill(0, at + 8 + count * 4);
  return true;
}

const SIMPLE_PASSWORD = 1;
