import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LINKTYPE, nameLinkType } from "../../../src/core/capture/link-type.ts";
import type { CapturePacket } from "../../../src/core/capture/packet.ts";
import { dissect } from "../../../src/core/dissect/frame.ts";
import { directionOf, readLinkLayer } from "../../../src/core/dissect/link-layer.ts";
import { dissectVrrp } from "../../../src/core/dissect/vrrp.ts";
import { decodeVrrp, encodeVrrp } from "../../../src/core/wire/vrrp.ts";
import * as arbitrary from "../../support/arbitraries.ts";
import { captureBytes, captureNames } from "../../support/captures.ts";
import { onEthernet, onEveryLink } from "../../support/link-frames.ts";
import { ODD_PACKETS, OVER_IPV4, OVER_IPV6 } from "../../support/odd-packets.ts";
import { fromHex } from "../../support/packets.ts";
import { packetOf, packetsOfPcap } from "../../support/pcap-file.ts";
import * as ownFrames from "../../vectors/frames.ts";

/** Whole frames, each with its link type: odd ones on every link, the kernel's, some of each capture. */
const FRAMES: readonly { readonly linkType: number; readonly frame: Uint8Array }[] = [
  ...Object.values(ODD_PACKETS).flatMap(onEveryLink),
  ...Object.values(ownFrames)
    .flatMap((group) => Object.values<string>(group))
    .map((hex) => ({ linkType: LINKTYPE.ethernet, frame: fromHex(hex) })),
  ...captureNames()
    .filter((name) => /(?<!-nanoseconds)\.pcap$/.test(name))
    .flatMap((name) => packetsOfPcap(captureBytes(name)).slice(0, 20))
    .map(({ linkType, bytes }) => ({ linkType, frame: bytes })),
];

const anyLinkType = fc.oneof(fc.constantFrom(...Object.values(LINKTYPE)), fc.nat(0xffff));
const mutatedFrame = fc.constantFrom(...FRAMES).chain(({ linkType, frame }) =>
  fc.record({
    linkType: fc.oneof({ weight: 9, arbitrary: fc.constant(linkType) }, anyLinkType),
    frame: arbitrary.mutatedOf([frame]),
  }),
);
const anyFrame = fc.record({ linkType: anyLinkType, frame: arbitrary.anyBytes });

/** Somewhere in a buffer of other bytes, as long on the wire or longer. */
const anyPacket: fc.Arbitrary<CapturePacket> = fc
  .record({ it: fc.oneof(anyFrame, mutatedFrame), before: fc.nat(5), more: fc.nat(40) })
  .map(({ it: { linkType, frame }, before, more }) => ({
    ...packetOf(frame, linkType, frame.length + more),
    bytes: Uint8Array.of(...Array(before).fill(0x45), ...frame, ...Array(60).fill(0x70)),
    start: before,
    end: before + frame.length,
  }));

test("any bytes of any link type are something or nothing, and all within the packet", () => {
  fc.assert(
    fc.property(anyPacket, (packet) => {
      const { bytes, start, end, linkType } = packet;
      const seen = dissect(packet);
      // What stands around the packet must not count.
      const alone = { ...packet, bytes: bytes.slice(start, end), start: 0, end: end - start };
      assert.deepEqual(dissect(alone), seen);
      assert.equal(directionOf(alone), directionOf(packet));
      const networkAt = readLinkLayer(packet)?.networkAt ?? start;
      assert.ok(networkAt >= start && networkAt <= end);
      assert.match(nameLinkType(linkType), /\d/);
      if (seen?.kind === "vrrp") assert.ok(seen.message.length >= 8);
    }),
    { numRuns: 3000 },
  );
});

test("what is seen does not change with the bytes it came from", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FRAMES), ({ linkType, frame }) => {
      const copy = frame.slice();
      const seen = dissect(packetOf(copy, linkType));
      copy.fill(0xa5);
      assert.deepEqual(seen, dissect(packetOf(frame, linkType)));
    }),
  );
});

test("any message has its parts: header, addresses, authentication data, trailer", () => {
  fc.assert(
    fc.property(arbitrary.anyBytes, fc.constantFrom(OVER_IPV4, OVER_IPV6), (message, carrier) => {
      const { addresses, authData, trailer, missingBytes, addressCount } = dissectVrrp(
        message,
        carrier,
      );
      const size = carrier.source.length;
      const claimed = 8 + addressCount * size + (authData === null ? 0 : 8);
      assert.equal(claimed + trailer.length - missingBytes, message.length);
      assert.ok(addresses.length <= addressCount);
      assert.ok(
        8 + addresses.length * size + (authData?.length ?? 0) <= Math.max(8, message.length),
      );
    }),
  );
});

for (const [name, adverts, carrier] of [
  ["IPv4", arbitrary.vrrpAdvert4, OVER_IPV4],
  ["IPv6", arbitrary.vrrpAdvert6, OVER_IPV6],
] as const) {
  test(`what a receiver over ${name} takes is dissected to the same, with a good checksum`, () => {
    fc.assert(
      fc.property(adverts, (advert) => {
        const message = encodeVrrp(advert, carrier);
        const seen = dissectVrrp(message, carrier);
        assert.deepEqual(
          [seen.version, seen.vrid, seen.priority, seen.intervalMs, seen.addresses],
          [
            advert.version,
            advert.vrid,
            advert.priority,
            advert.adverIntervalCs * 10,
            advert.addresses,
          ],
        );
        assert.ok(seen.checksum.bare === true || seen.checksum.pseudoHeader === true);
        assert.deepEqual([seen.missingBytes, seen.trailer.length], [0, 0]);
      }),
    );
  });

  test(`what a receiver over ${name} calls a bad checksum is bad here, of the right length`, () => {
    fc.assert(
      fc.property(adverts, fc.nat(), fc.integer({ min: 1, max: 255 }), (advert, at, bits) => {
        const message = encodeVrrp(advert, carrier);
        const where = 6 + (at % (message.length - 6)); // not what says how long it is
        message[where] = (message[where] as number) ^ bits;
        const result = decodeVrrp(message, carrier);
        const { checksum } = dissectVrrp(message, carrier);
        const bad = !result.ok && result.fault.code === "bad-checksum";
        const bare = name === "IPv4" && checksum.bare === true;
        const good = bare || checksum.pseudoHeader === true;
        assert.equal(good, !bad);
      }),
    );
  });
}

test("work is bounded: the longest chains of headers and tags end", () => {
  const extension = Uint8Array.of(60, 0, 0, 0, 0, 0, 0, 0);
  const header = Uint8Array.of(0x60, 0, 0, 0, 0xff, 0xff, 60, 255, ...new Uint8Array(32));
  const chain = Uint8Array.of(
    ...header,
    ...Array(8000)
      .fill([...extension])
      .flat(),
  );
  const seen = dissect(packetOf(onEthernet(chain), LINKTYPE.ethernet));
  assert.equal(seen?.kind === "broken" && seen.code, "too-many-extensions");
  const tags = Uint8Array.of(...new Uint8Array(12), ...Array(30000).fill([0x81, 0]).flat());
  assert.equal(dissect(packetOf(tags, LINKTYPE.ethernet)), undefined);
});
