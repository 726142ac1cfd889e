/**
 * The HMAC trailer behind a VRRP advertisement, as keepalived 2.4.2 and later send it
 * (draft-cassen-vrrp-auth-hmac). It counts in the IP length. The VRRP checksum covers it over IPv6
 * alone, where the kernel makes it.
 *
 *     0               8               16              24              31
 *     +---------------+---------------+-------------------------------+
 *     |    type = 1   |    key ID     |         reserved = 0          |
 *     +---------------+---------------+-------------------------------+
 *     |                    seconds since 1970                         |
 *     +-------------------------------+-------------------------------+
 *     |         1/65536 s             |           counter             |
 *     +-------------------------------+-------------------------------+
 *     |          HMAC-SHA256, the first 16 bytes of it                |
 *     +---------------------------------------------------------------+
 */
import { type Family, familyOf, type IpBytes } from "../addr.ts";
import { ByteWriter, decoding } from "../bytes.ts";
import type { Decoded } from "../result.ts";

export interface VrrpTrailer {
  readonly keyId: number; // u8, 1..255
  readonly sequence: bigint; // u64: seconds, fraction and counter as one number
  readonly mac: Uint8Array; // 16 bytes
}

/** HMAC-SHA256 of a message under a key that the function keeps to itself: 32 bytes. */
export type MacFunction = (message: Uint8Array) => Uint8Array;

/** An advertisement as it came: the part that `decodeVrrp` reads, and what stands behind it. */
export interface SplitAdvert {
  readonly pdu: Uint8Array;
  readonly trailer: Uint8Array | undefined; // 28 bytes
}

/** Only the exact length tells a trailer: whatever is shorter or longer stays with the `pdu`. */
export function splitTrailer(message: Uint8Array, family: Family): SplitAdvert {
  const [first = 0, , , count = 0] = message;
  const authBytes = first >>> 4 === 2 ? 8 : 0;
  const pduBytes = 8 + count * (family === 4 ? 4 : 16) + authBytes;
  if (message.length !== pduBytes + TRAILER_BYTES) return { pdu: message, trailer: undefined };
  return { pdu: message.subarray(0, pduBytes), trailer: message.subarray(pduBytes) };
}

/** Codes: `short`, `trailing`, `bad-type`, `bad-reserved`, `bad-key-id` (0). */
export function decodeTrailer(bytes: Uint8Array): Decoded<VrrpTrailer> {
  return decoding("vrrp-hmac", bytes, (r) => {
    if (r.u8() !== HMAC_SHA256) r.fail("bad-type");
    const keyId = r.u8();
    if (keyId === 0) r.fail("bad-key-id");
    if (r.u16() !== 0) r.fail("bad-reserved");
    const sequence = (BigInt(r.u32()) << 32n) | BigInt(r.u32());
    const mac = r.take(MAC_BYTES);
    if (r.left > 0) r.fail("trailing");
    return { keyId, sequence, mac };
  });
}

/** @throws RangeError */
export function encodeTrailer({ keyId, sequence, mac }: VrrpTrailer): Uint8Array {
  if (keyId === 0) throw new RangeError("key ID 0");
  return writeHead(new ByteWriter(), keyId, sequence).raw(mac, MAC_BYTES).bytes();
}

/**
 * The 16 bytes of a trailer that vouch for `pdu` as sent by `source`. The VRRP checksum is left out:
 * over IPv6 the kernel fills it in later.
 * @throws RangeError
 */
export function trailerMac(
  pdu: Uint8Array,
  source: IpBytes,
  { keyId, sequence }: Pick<VrrpTrailer, "keyId" | "sequence">,
  mac: MacFunction,
): Uint8Array {
  const [first = 0, vrid = 0] = pdu;
  const w = new ByteWriter()
    .u8(familyOf(source))
    .u8(first >>> 4)
    .u8(vrid)
    .u8(0);
  w.raw(source).zeros(16 - source.length);
  const pduAt = w.length;
  w.raw(pdu).patchU16(pduAt + CHECKSUM_AT, 0);
  writeHead(w, keyId, sequence).zeros(MAC_BYTES);
  return mac(w.bytes()).slice(0, MAC_BYTES);
}

function writeHead(w: ByteWriter, keyId: number, sequence: bigint): ByteWriter {
  w.u8(HMAC_SHA256).u8(keyId).u16(0);
  return w.u32(Number(sequence >> 32n)).u32(Number(sequence & 0xffffffffn));
}

/** What an advertisement grows by. */
export const TRAILER_BYTES = 28;
const HMAC_SHA256 = 1;
const MAC_BYTES = 16;
const CHECKSUM_AT = 6;
