/** Arbitrary values of `core/wire` for fast-check: all that its encoders must take. */
import fc from "fast-check";
import type {
  PcapngInterface,
  PcapngPacket,
  PcapngSection,
  PcapngStatistics,
} from "../../src/core/capture/pcapng.ts";
import type { ArpPacket } from "../../src/core/wire/arp.ts";
import type { EthernetFrame } from "../../src/core/wire/ethernet.ts";
import type { IcmpMessage } from "../../src/core/wire/icmp.ts";
import type { Icmpv6Message } from "../../src/core/wire/icmpv6.ts";
import type { Ipv4Packet } from "../../src/core/wire/ipv4.ts";
import type { Ipv6Extension, Ipv6Packet } from "../../src/core/wire/ipv6.ts";
import type { NdpMessage } from "../../src/core/wire/ndp.ts";
import type { VrrpAdvert, VrrpAuth, VrrpV3Advert } from "../../src/core/wire/vrrp.ts";

export const octets = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
export const anyBytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 200 });

/** Objects as decoders make them: `deepEqual` tells those without a prototype apart. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true });

const below = (limit: number): fc.Arbitrary<number> => fc.nat(limit - 1);
const u8 = below(0x100);
const u16 = below(0x10000);
const u32 = below(2 ** 32);
const ip4 = octets(4);
const ip6 = octets(16);
const mac = octets(6);

export const ethernetFrame: fc.Arbitrary<EthernetFrame> = record({
  destination: mac,
  source: mac,
  tags: fc.array(
    record({
      tpid: fc.constantFrom(0x8100, 0x88a8),
      priority: below(8),
      dropEligible: fc.boolean(),
      vlanId: below(4096),
    }),
    { maxLength: 4 },
  ),
  etherType: u16.filter((type) => type >= 0x600 && type !== 0x8100 && type !== 0x88a8),
  payload: anyBytes,
});

export const arpPacket: fc.Arbitrary<ArpPacket> = record({
  operation: fc.constantFrom("request", "reply", "reverse-request", "reverse-reply"),
  senderMac: mac,
  senderIp: ip4,
  targetMac: mac,
  targetIp: ip4,
});

export const ipv4Packet: fc.Arbitrary<Ipv4Packet> = record({
  trafficClass: u8,
  identification: u16,
  dontFragment: fc.boolean(),
  moreFragments: fc.boolean(),
  fragmentOffset: below(0x2000).map((units) => units * 8),
  ttl: u8,
  protocol: u8,
  source: ip4,
  destination: ip4,
  options: below(11).chain((words) => octets(words * 4)),
  payload: anyBytes,
});

const extension: fc.Arbitrary<Ipv6Extension> = fc.oneof(
  record({
    type: fc.constantFrom(0, 43, 60),
    body: below(4).chain((units) => octets(6 + units * 8)),
  }),
  record({ type: fc.constant(51), body: below(8).chain((units) => octets(6 + units * 4)) }),
  record({
    type: fc.constant(44),
    body: octets(6).map((body) => Uint8Array.of(0, (body[1] ?? 0) & 7, ...body.subarray(2))),
  }),
);

export const ipv6Packet: fc.Arbitrary<Ipv6Packet> = record({
  trafficClass: u8,
  flowLabel: below(2 ** 20),
  hopLimit: u8,
  source: ip6,
  destination: ip6,
  extensions: fc.array(extension, { maxLength: 5 }),
  protocol: u8.filter((protocol) => ![0, 43, 44, 51, 60].includes(protocol)),
  payload: anyBytes,
});

const echo = record({
  kind: fc.constantFrom("echo-request" as const, "echo-reply" as const),
  identifier: u16,
  sequence: u16,
  data: anyBytes,
});
const other = (knownTypes: readonly number[]) =>
  record({
    kind: fc.constant("other" as const),
    type: u8.filter((type) => !knownTypes.includes(type)),
    code: u8,
    body: anyBytes,
  });

export const icmpMessage: fc.Arbitrary<IcmpMessage> = fc.oneof(
  echo,
  record({
    kind: fc.constant("destination-unreachable" as const),
    code: u8,
    nextHopMtu: u16,
    quoted: anyBytes,
  }),
  record({ kind: fc.constant("time-exceeded" as const), code: u8, quoted: anyBytes }),
  other([0, 3, 8, 11]),
);

export const icmpv6Message: fc.Arbitrary<Icmpv6Message> = fc.oneof(
  echo,
  record({
    kind: fc.constant("packet-too-big" as const),
    nextHopMtu: u32,
    quoted: anyBytes,
  }),
  record({
    kind: fc.constantFrom("destination-unreachable" as const, "time-exceeded" as const),
    code: u8,
    quoted: anyBytes,
  }),
  other([1, 2, 3, 128, 129]),
);

const target = ip6.filter((ip) => ip[0] !== 0xff);
const optionalMac = fc.option(mac, { nil: undefined });

export const ndpMessage: fc.Arbitrary<NdpMessage> = fc.oneof(
  record({ kind: fc.constant("solicitation" as const), target, sourceMac: optionalMac }),
  record({
    kind: fc.constant("advertisement" as const),
    router: fc.boolean(),
    solicited: fc.boolean(),
    override: fc.boolean(),
    target,
    targetMac: optionalMac,
  }),
);

const vrrpFields = { vrid: below(255).map((id) => id + 1), priority: u8 };
const intervalUpTo = (most: number) => below(most).map((interval) => interval + 1);
const auth: fc.Arbitrary<VrrpAuth> = fc.oneof(
  record({ type: fc.constantFrom("none" as const, "ah" as const) }),
  record({
    type: fc.constant("pass" as const),
    password: fc.uint8Array({ maxLength: 8 }).filter((password) => password.at(-1) !== 0),
  }),
);

/** Over IPv4, in either flavour of the checksum. */
export const vrrpV3Advert4: fc.Arbitrary<VrrpV3Advert> = record({
  version: fc.constant(3 as const),
  ...vrrpFields,
  adverIntervalCs: intervalUpTo(4095),
  addresses: fc.array(ip4, { minLength: 1, maxLength: 255 }),
  checksum: fc.constantFrom("pseudo-header" as const, "bare" as const),
});

export const vrrpAdvert4: fc.Arbitrary<VrrpAdvert> = fc.oneof(
  vrrpV3Advert4,
  record({
    version: fc.constant(2 as const),
    ...vrrpFields,
    adverIntervalCs: intervalUpTo(255).map((seconds) => seconds * 100),
    addresses: fc.array(ip4, { maxLength: 255 }),
    auth,
  }),
);

export const vrrpAdvert6: fc.Arbitrary<VrrpAdvert> = record({
  version: fc.constant(3 as const),
  ...vrrpFields,
  adverIntervalCs: intervalUpTo(4095),
  addresses: fc.array(ip6, { minLength: 1, maxLength: 255 }),
  checksum: fc.constant("pseudo-header" as const),
});

/** A byte string of `vectors` with some bytes changed, then cut or lengthened. */
export const mutatedOf = (vectors: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      vector: fc.constantFrom(...vectors),
      changes: fc.array(record({ at: fc.nat(), byte: u8 }), { maxLength: 6 }),
      kept: fc.option(fc.nat(), { nil: undefined }),
      tail: fc.oneof(fc.constant(new Uint8Array()), fc.uint8Array({ maxLength: 40 })),
    })
    .map(({ vector, changes, kept, tail }) => {
      const bytes = vector.slice();
      for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
      const length = kept === undefined ? bytes.length : kept % bytes.length;
      return Uint8Array.of(...bytes.subarray(0, length), ...tail);
    });

/** A capture of one section with an interface and some packets of it. */
export const pcapngBlocks = fc
  .tuple(
    record<PcapngSection>({
      kind: fc.constant("section"),
      application: fc.option(fc.string()),
      comment: fc.option(fc.string()),
    }),
    record<PcapngInterface>({
      kind: fc.constant("interface"),
      linkType: u16,
      snapBytes: u32,
      name: fc.option(fc.string()),
    }),
    fc.array(
      fc.oneof(
        record<PcapngPacket>({
          kind: fc.constant("packet"),
          interfaceId: fc.constant(0),
          wallNs: fc.bigInt(0n, 18_446_744_072_999_999_999n), // what is later is read as this second
          direction: fc.constantFrom("in", "out", null),
          wireBytes: below(2 ** 31).map((more) => more + 200),
          bytes: anyBytes,
          comment: fc.option(fc.string()),
        }),
        record<PcapngStatistics>({
          kind: fc.constant("statistics"),
          interfaceId: fc.constant(0),
          wallNs: fc.bigInt(0n, 2n ** 64n - 1n),
          lostPackets: fc.option(fc.bigInt(0n, 2n ** 64n - 1n)),
        }),
      ),
      { maxLength: 5 },
    ),
  )
  .map(([section, described, packets]) => [section, described, ...packets]);
