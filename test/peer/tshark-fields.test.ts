/**
 * Every field of every packet as tshark shows it and as we dissect it. Where the two differ for a reason,
 * DIFFERENCES says so, and a difference that is no more fails too.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { LINKTYPE } from "../../src/core/capture/link-type.ts";
import type { CapturePacket } from "../../src/core/capture/packet.ts";
import { dissect } from "../../src/core/dissect/frame.ts";
import type { Seen } from "../../src/core/dissect/seen.ts";
import { mutatedOf } from "../support/arbitraries.ts";
import { captureBytes, captureNames } from "../support/captures.ts";
import { onEthernet, onEveryLink } from "../support/link-frames.ts";
import { labMissing } from "../support/netns.ts";
import {
  carpAdvert,
  inIpv4,
  inIpv6,
  ODD_PACKETS,
  patched,
  v2Advert,
  v3Advert,
  v3Advert6,
} from "../support/odd-packets.ts";
import { fromHex, toHex } from "../support/packets.ts";
import { packetOf, packetsOfPcap, pcapOf } from "../support/pcap-file.ts";
import { fieldsOf, TSHARK_FIELDS, tsharkFieldsOf } from "../support/seen-fields.ts";
import { tsharkFields } from "../support/tshark.ts";
import * as ownFrames from "../vectors/frames.ts";
import { HMAC_ADVERTS } from "../vectors/hmac.ts";
import * as publicFrames from "../vectors/public-frames.ts";

interface Difference {
  readonly of: (name: string, seen: Seen | undefined) => boolean;
  readonly fields: readonly string[] | "all";
}

const DIFFERENCES: { readonly [reason: string]: Difference } = {
  "it counts what stands behind the message in the checksum, as keepalived over IPv4 does not": {
    of: (_, seen) =>
      seen?.kind === "vrrp" &&
      seen.family === 4 &&
      seen.vrrp.trailer.length > 0 &&
      fieldsOf(seen).checksumOk === true,
    fields: ["checksumOk"],
  },
  "it reads versions to come like version 2": {
    of: (_, seen) => seen?.kind === "vrrp" && seen.vrrp.version > 3,
    fields: ["authType", "intervalS", "intervalCs"],
  },
  "it takes CARP for VRRP": { of: (_, seen) => seen?.kind === "carp", fields: "all" },
  "it knows no loopback of Linux": { of: (name) => name.includes(": family 10,"), fields: "all" },
  "it reads LINKTYPE_LOOP in network order alone": {
    of: (name) => /^LOOP.*: family .*little-endian$/.test(name),
    fields: "all",
  },
  "it reads no packet whose length is shorter than its header": {
    of: (name) => name === "an IP length within the header",
    fields: "all",
  },
  "it takes the last fragment of an IPv6 packet for a whole one": {
    of: (name) => name === "a later fragment of IPv6",
    fields: "all",
  },
};

type Named = readonly [name: string, packet: CapturePacket];

const ethernet = (frame: Uint8Array): CapturePacket => packetOf(frame, LINKTYPE.ethernet);

const PASSWORD = { type: "pass", password: fromHex("73336372") } as const;

const ODD_FRAMES = Object.entries(ODD_PACKETS).map(
  ([name, packet]): Named => [name, ethernet(onEthernet(packet))],
);

describe("tshark and we agree on every field of", { skip: labMissing("tshark") }, () => {
  for (const name of captureNames().filter((name) => /(?<!-nanoseconds)\.pcap$/.test(name))) {
    test(name, () => compare(packetsOfPcap(captureBytes(name)).map((packet) => [name, packet])));
  }

  test("the frames of the vectors", () => {
    const groups = [ownFrames, publicFrames, { HMAC_ADVERTS }].flatMap((it) => Object.values(it));
    const frames = groups
      .filter((group) => group !== publicFrames.MALFORMED_IP)
      .flatMap((group) => Object.entries<string | readonly string[]>(group))
      .flatMap(([name, frames]) =>
        [frames].flat().map((hex): Named => [name, ethernet(fromHex(hex))]),
      );
    compare(frames);
  });

  test("the malformed ones, were they no fragments", () => {
    const file = packetsOfPcap(captureBytes("vrrp-vrrp_print-oobr-2.pcap"));
    const frames = file.map((packet): Named => {
      const bytes = patched(packet.bytes, 20, 0, 0);
      return ["malformed", packetOf(bytes, packet.linkType, packet.wireBytes)];
    });
    compare(frames);
    const packets = Object.values(publicFrames.MALFORMED_IP).map(fromHex);
    compare(packets.map((packet) => ["malformed", packetOf(packet, LINKTYPE.raw)]));
  });

  test("odd packets", () => compare(ODD_FRAMES));

  for (const linkType of Object.values(LINKTYPE)) {
    test(`packets of link type ${linkType}`, () => compare(framesOf(linkType)));
  }

  test("packets in VLANs", () => {
    const packet = ODD_PACKETS.v3 as Uint8Array;
    const stack = (tpid: number, count: number) =>
      [...Array(count).keys()].map((n) => [tpid, n + 1] as const);
    const depths = [1, 2, 3, 4, 5, 6, 7, 8];
    const stacks = depths.flatMap((depth) => [
      stack(0x8100, depth),
      stack(0x9100, depth),
      stack(0x88a8, depth),
      [...stack(0x88a8, depth >>> 1), ...stack(0x8100, depth - (depth >>> 1))],
    ]);
    compare(stacks.map((tags) => [`${tags}`, ethernet(onEthernet(packet, ...tags))]));
  });

  test("messages with some bytes changed, then cut or lengthened", () => {
    for (const [bases, wrap] of [
      [[v2Advert(1, PASSWORD), v3Advert(), v3Advert(2, "bare")], inIpv4],
      [[v3Advert6(), v3Advert6(3)], inIpv6],
    ] as const) {
      // Of versions up to 3: how those to come are read differs in ways of its own.
      const known = mutatedOf(bases).map((it) =>
        it.map((byte, at) => (at === 0 ? byte & 0x3f : byte)),
      );
      const messages = fc.sample(known, { numRuns: 1000, seed: 1 });
      compare(messages.map((it): Named => [toHex(it), ethernet(onEthernet(wrap(it)))]));
    }
  });

  test("packets that were cut in the capture", () => {
    const whole = ["v2 with a password", "v3", "v3 over IPv6"].map((name): Named => {
      const frame = onEthernet(ODD_PACKETS[name] as Uint8Array);
      return [name, ethernet(frame)];
    });
    compare(
      whole.flatMap(([name, { bytes }]) =>
        [...bytes.keys()].map(
          (length): Named => [
            `${length} bytes of ${name}`,
            packetOf(bytes.slice(0, length), LINKTYPE.ethernet, bytes.length),
          ],
        ),
      ),
    );
  });
});

test("tshark and we agree on which IP checksums are bad", { skip: labMissing("tshark") }, () => {
  const packets = [
    ...ODD_FRAMES.map(([, packet]) => packet),
    ...packetsOfPcap(captureBytes("vrrp.pcap")),
  ];
  const fields = ["ip.checksum.status", "vrrp.checksum"];
  const rows = tsharkFields(pcapOf(packets), fields, ["ip.check_checksum:TRUE"]);
  for (const [index, packet] of packets.entries()) {
    const seen = dissect(packet);
    if (seen?.kind !== "vrrp" || seen.family === 6 || rows[index]?.["vrrp.checksum"] === undefined)
      continue;
    const bad = rows[index]?.["ip.checksum.status"]?.[0] === "0";
    assert.equal(seen.ipFlaws.includes("bad-ip-checksum"), bad, `packet ${index + 1}`);
  }
});

test("tshark, told to guess first, reads CARP as we do", { skip: labMissing("tshark") }, () => {
  const cases: [string, Uint8Array][] = [
    ["good", carpAdvert()],
    ["bad", patched(carpAdvert(), 6, 0x12, 0x34)],
  ];
  const packets = cases.map(
    ([name, message]): Named => [name, ethernet(onEthernet(inIpv4(message)))],
  );
  compare(packets, ["ip.try_heuristic_first:TRUE"], {});
});

function framesOf(linkType: number): Named[] {
  const prefix = linkType === LINKTYPE.loop ? "LOOP " : "";
  return ["v2", "v3", "v3 over IPv6", "v2 in AH", "behind ah"].flatMap((name) =>
    onEveryLink(ODD_PACKETS[name] as Uint8Array)
      .filter((it) => it.linkType === linkType)
      .map(({ way, frame }): Named => [`${prefix}${name}: ${way}`, packetOf(frame, linkType)]),
  );
}

/** All of one link type. */
function compare(
  packets: readonly Named[],
  preferences: readonly string[] = [],
  differences = DIFFERENCES,
): void {
  const file = pcapOf(packets.map(([, packet]) => packet));
  const theirs = tsharkFields(file, TSHARK_FIELDS, preferences).map(tsharkFieldsOf);
  assert.equal(theirs.length, packets.length);
  for (const [index, [name, packet]] of packets.entries()) {
    const seen = dissect(packet);
    const [our, their] = [fieldsOf(seen), theirs[index] ?? {}];
    const differing = [...new Set([...Object.keys(our), ...Object.keys(their)])].filter(
      (field) => JSON.stringify(our[field]) !== JSON.stringify(their[field]),
    );
    const expected = Object.values(differences).find((difference) => difference.of(name, seen));
    if (expected?.fields === "all") assert.notEqual(differing.length, 0, name);
    else if (expected) assert.deepEqual(differing, expected.fields, name);
    else assert.deepEqual(our, their, `${name}, packet ${index + 1}`);
  }
}
