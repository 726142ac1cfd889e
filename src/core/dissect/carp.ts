/**
 * CARP of OpenBSD (netinet/ip_carp.h, struct carp_header): it took the protocol number and the group of
 * VRRP, and looks like its version 2.
 *
 *     0       4       8               16              24              31
 *     +-------+-------+---------------+---------------+---------------+
 *     |   2   |   1   |     VHID      |   advskew     |  authlen = 7  |
 *     +-------+-------+---------------+---------------+---------------+
 *     |   demotion    |    advbase    |           checksum            |
 *     +---------------+---------------+-------------------------------+
 *     |         counter (8 bytes), HMAC-SHA1 (20 bytes)               |
 */
import { isRightSum, wordSum } from "../checksum.ts";

/** What `SeenCarp` has of it. */
export interface CarpDissection {
  readonly vhid: number; // u8
  readonly advskew: number; // u8
  readonly advbase: number; // u8, seconds
  readonly checksumOk: boolean | null; // null where not all of it was captured
}

/**
 * `authlen` counts the words behind the first two, so a message always has 36 bytes. An advert of VRRP
 * version 2 has its count of addresses there: with 7 of them it has 44 bytes, or 72 with a trailer.
 * @returns undefined unless `message`, of `wholeBytes` on the wire, is one of CARP
 */
export function dissectCarp(message: Uint8Array, wholeBytes: number): CarpDissection | undefined {
  const [first, vhid = 0, advskew = 0, authWords, , advbase = 0] = message;
  if (wholeBytes !== CARP_BYTES || first !== VERSION_AND_TYPE || authWords !== AUTH_WORDS) {
    return undefined;
  }
  const whole = message.length >= CARP_BYTES;
  const checksumOk = whole ? isRightSum(wordSum(message, 0, CARP_BYTES)) : null;
  return { vhid, advskew, advbase, checksumOk };
}

const CARP_BYTES = 36;
const VERSION_AND_TYPE = 0x21;
const AUTH_WORDS = 7;
