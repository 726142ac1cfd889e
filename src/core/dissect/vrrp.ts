/**
 * VRRP messages as they stand, of any version: 2 (RFC 3768 section 5.1; 1 has its layout), 3 (RFC 9568
 * section 5.2; versions to come are read so). What a router would refuse is for others to judge.
 */
import { copyOf } from "../bytes.ts";
import { isRightSum, wordSum } from "../checksum.ts";
import { type Carrier, IP_PROTOCOL } from "../wire/carrier.ts";
import { TRAILER_BYTES } from "../wire/vrrp-hmac.ts";
import type { ChecksumVerdict, VrrpDissection } from "./seen.ts";

/**
 * Total over any bytes; those that are missing count as 0. `message` is what was captured of the IP
 * payload, `wholeBytes` the length that this had on the wire. The parts are copies.
 */
export function dissectVrrp(
  message: Uint8Array,
  carrier: Carrier,
  wholeBytes: number = message.length,
): VrrpDissection {
  const byte = (at: number): number => message[at] ?? 0;
  const version = byte(0) >>> 4;
  const old = version < 3;
  const addressBytes = carrier.source.length;
  const addressCount = byte(3);
  const authAt = HEADER_BYTES + addressCount * addressBytes;
  const pduBytes = authAt + (old ? AUTH_BYTES : 0);
  const { length } = message;
  return {
    version,
    type: byte(0) & 0x0f,
    vrid: byte(1),
    priority: byte(2),
    addressCount,
    intervalMs: old ? byte(5) * 1000 : (((byte(4) & 0x0f) << 8) | byte(5)) * 10,
    authType: old ? byte(4) : null,
    authData: old
      ? copyOf(message, Math.min(authAt, length), Math.min(authAt + AUTH_BYTES, length))
      : null,
    checksum: judge(message, carrier, pduBytes, Math.max(wholeBytes, length)),
    addresses: readAddresses(message, addressCount, addressBytes),
    trailer: length > pduBytes ? copyOf(message, pduBytes, length) : NO_TRAILER,
    missingBytes: Math.max(0, pduBytes - length),
    cutBytes: Math.max(0, wholeBytes - length),
  };
}

/** What is shorter than this shows not all of its fields. */
export const VRRP_HEADER_BYTES = 8;

function readAddresses(message: Uint8Array, count: number, addressBytes: number): Uint8Array[] {
  const addresses: Uint8Array[] = [];
  let at = HEADER_BYTES;
  while (addresses.length < count && at + addressBytes <= message.length) {
    addresses.push(copyOf(message, at, at + addressBytes));
    at += addressBytes;
  }
  return addresses;
}

/**
 * Over IPv6 the checksum covers all that the packet carries (RFC 8200 section 8.1), over IPv4 not
 * keepalived's trailer. Whether another sender over IPv4 counts what it puts behind is not known: both
 * will do.
 */
function judge(
  message: Uint8Array,
  carrier: Carrier,
  pduBytes: number,
  wholeBytes: number,
): ChecksumVerdict {
  const behindBytes = wholeBytes - pduBytes;
  if (behindBytes <= 0 || carrier.source.length === 16)
    return verdict(message, carrier, wholeBytes);
  const without = verdict(message, carrier, pduBytes);
  if (behindBytes === TRAILER_BYTES) return without;
  const within = verdict(message, carrier, wholeBytes);
  return {
    value: within.value,
    bare: either(without.bare, within.bare),
    pseudoHeader: either(without.pseudoHeader, within.pseudoHeader),
  };
}

/** Over the first `covered` bytes. */
function verdict(message: Uint8Array, carrier: Carrier, covered: number): ChecksumVerdict {
  const { source, destination } = carrier;
  const value = ((message[6] ?? 0) << 8) | (message[7] ?? 0);
  if (covered > message.length) return { value, bare: null, pseudoHeader: null };
  const sum = wordSum(message, 0, covered);
  const bare = isRightSum(sum);
  if (source.length === 4 && (message[0] ?? 0) >>> 4 < 3)
    return { value, bare, pseudoHeader: null };
  const ends = wordSum(source, 0, source.length) + wordSum(destination, 0, destination.length);
  return { value, bare, pseudoHeader: isRightSum(sum + ends + IP_PROTOCOL.vrrp + covered) };
}

/** A yes is a yes, also where the other one could not be found out. */
const either = (a: boolean | null, b: boolean | null): boolean | null =>
  a === true || b === true ? true : a === null || b === null ? null : false;

const HEADER_BYTES = VRRP_HEADER_BYTES;
const AUTH_BYTES = 8;
const NO_TRAILER = new Uint8Array();
