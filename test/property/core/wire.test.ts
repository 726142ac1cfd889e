import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { internetChecksum } from "../../../src/core/checksum.ts";
import type { Decoded } from "../../../src/core/result.ts";
import { decodeArp, describeArp, encodeArp } from "../../../src/core/wire/arp.ts";
import { type Carrier, pseudoHeader } from "../../../src/core/wire/carrier.ts";
import {
  decodeEthernet,
  describeEthernet,
  encodeEthernet,
} from "../../../src/core/wire/ethernet.ts";
import { decodeIcmp, describeIcmp, encodeIcmp } from "../../../src/core/wire/icmp.ts";
import {
  decodeIcmpv6,
  describeIcmpv6,
  encodeIcmpv6,
  icmpv6Checksum,
} from "../../../src/core/wire/icmpv6.ts";
import { decodeIpv4, describeIpv4, encodeIpv4 } from "../../../src/core/wire/ipv4.ts";
import { decodeIpv6, describeIpv6, encodeIpv6 } from "../../../src/core/wire/ipv6.ts";
import { decodeNdp, describeNdp, encodeNdp } from "../../../src/core/wire/ndp.ts";
import { decodeVrrp, describeVrrp, encodeVrrp } from "../../../src/core/wire/vrrp.ts";
import * as arbitrary from "../../support/arbitraries.ts";
import { decodedOf, fromHex, ip } from "../../support/packets.ts";
import * as ownFrames from "../../vectors/frames.ts";
import * as publicFrames from "../../vectors/public-frames.ts";

const OVER_IPV4 = { source: ip("10.0.0.1"), destination: ip("224.0.0.18") };
const OVER_IPV6 = { source: ip("fe80::1"), destination: ip("fe80::2") };

/** Every captured frame from each of its layers on. */
const VECTORS = [ownFrames, publicFrames]
  .flatMap((groups) => Object.values(groups).flatMap((group) => Object.values<string>(group)))
  .map(fromHex)
  .flatMap((frame) => [frame, frame.slice(14), frame.slice(34), frame.slice(54)])
  .filter((bytes) => bytes.length > 0);
const mutatedVector = arbitrary.mutatedOf(VECTORS);
const mutated = (bytes: Uint8Array) => arbitrary.mutatedOf([bytes]);

interface Codec<T> {
  readonly name: string;
  readonly values: fc.Arbitrary<T>;
  readonly decode: (bytes: Uint8Array) => Decoded<T>;
  readonly encode: (value: T) => Uint8Array;
  readonly describe: (value: T) => string;
  /** Makes the checksum of junk right, so that the decoder goes on. */
  readonly seal?: (bytes: Uint8Array) => void;
}

function forEachCodec(claim: <T>(codec: Codec<T>) => void): void {
  claim({
    name: "ethernet",
    values: arbitrary.ethernetFrame,
    decode: decodeEthernet,
    encode: encodeEthernet,
    describe: describeEthernet,
  });
  claim({
    name: "arp",
    values: arbitrary.arpPacket,
    decode: decodeArp,
    encode: encodeArp,
    describe: describeArp,
  });
  claim({
    name: "ipv4",
    values: arbitrary.ipv4Packet,
    decode: decodeIpv4,
    encode: encodeIpv4,
    describe: describeIpv4,
    seal: (bytes) => {
      const headerLength = ((bytes[0] ?? 0) & 0x0f) * 4;
      seal(bytes, 10, () => internetChecksum(bytes.subarray(0, headerLength)));
    },
  });
  claim({
    name: "ipv6",
    values: arbitrary.ipv6Packet,
    decode: decodeIpv6,
    encode: encodeIpv6,
    describe: describeIpv6,
  });
  claim({
    name: "icmp",
    values: arbitrary.icmpMessage,
    decode: decodeIcmp,
    encode: encodeIcmp,
    describe: describeIcmp,
    seal: (bytes) => seal(bytes, 2, () => internetChecksum(bytes)),
  });
  claim({
    name: "icmpv6",
    values: arbitrary.icmpv6Message,
    decode: (bytes) => decodeIcmpv6(bytes, OVER_IPV6),
    encode: (value) => encodeIcmpv6(value, OVER_IPV6),
    describe: describeIcmpv6,
    seal: (bytes) => seal(bytes, 2, () => icmpv6Checksum(bytes, OVER_IPV6)),
  });
  claim({
    name: "ndp",
    values: arbitrary.ndpMessage,
    decode: (bytes) => decodeNdp(bytes, OVER_IPV6),
    encode: (value) => encodeNdp(value, OVER_IPV6),
    describe: describeNdp,
    seal: (bytes) => seal(bytes, 2, () => icmpv6Checksum(bytes, OVER_IPV6)),
  });
  for (const [name, values, carrier] of [
    ["vrrp over IPv4", arbitrary.vrrpAdvert4, OVER_IPV4],
    ["vrrp over IPv6", arbitrary.vrrpAdvert6, OVER_IPV6],
  ] as const) {
    claim({
      name,
      values,
      decode: (bytes) => decodeVrrp(bytes, carrier),
      encode: (value) => encodeVrrp(value, carrier),
      describe: describeVrrp,
      seal: (bytes) => seal(bytes, 6, () => vrrpChecksum(bytes, carrier)),
    });
  }
}

function seal(bytes: Uint8Array, at: number, checksum: () => number): void {
  if (bytes.length < at + 2) return;
  bytes.set([0, 0], at);
  const right = checksum();
  bytes.set([right >>> 8, right & 0xff], at);
}

/** Of the flavour that fits version and family. */
function vrrpChecksum(bytes: Uint8Array, carrier: Carrier): number {
  const bare = (bytes[0] ?? 0) >>> 4 === 2;
  return bare
    ? internetChecksum(bytes)
    : internetChecksum(pseudoHeader(carrier, 112, bytes.length), bytes);
}

forEachCodec(({ name, values, decode, encode, describe, seal: sealed }) => {
  test(`${name}: what is encoded decodes to the same value`, () => {
    fc.assert(
      fc.property(values, (value) => {
        assert.deepEqual(decodedOf(decode(encode(value))), value);
      }),
    );
  });

  test(`${name}: a decoded value does not change with the bytes it came from`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encode(value);
        const result = decode(bytes);
        bytes.fill(0xa5);
        assert.deepEqual(decodedOf(result), value);
      }),
    );
  });

  test(`${name}: any bytes are a value or a fault that lies within them`, () => {
    fc.assert(
      fc.property(
        fc.oneof(arbitrary.anyBytes, mutatedVector, values.map(encode).chain(mutated)),
        fc.boolean(),
        (bytes, makeChecksumRight) => {
          if (makeChecksumRight) sealed?.(bytes);
          const result = decode(bytes);
          if (result.ok) {
            assert.deepEqual(decode(encode(result.value)), result);
            assert.doesNotMatch(describe(result.value), /undefined|NaN|\n/);
          } else {
            assert.match(result.fault.code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
            assert.ok(result.fault.offset >= 0 && result.fault.offset <= bytes.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("vrrp: the decoder tells which flavour of checksum it found", () => {
  fc.assert(
    fc.property(
      arbitrary.vrrpV3Advert4,
      arbitrary.octets(4),
      arbitrary.octets(4),
      (advert, source, destination) => {
        const carrier = { source, destination };
        const message = encodeVrrp(advert, carrier);
        // A pseudo-header that sums to nothing makes the two the same.
        fc.pre(internetChecksum(pseudoHeader(carrier, 112, message.length)) !== 0);
        assert.deepEqual(decodedOf(decodeVrrp(message, carrier)), advert);
      },
    ),
  );
});
