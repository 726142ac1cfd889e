import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatIp } from "../../../../src/core/addr.ts";
import { dissectVrrp } from "../../../../src/core/dissect/vrrp.ts";
import { KEEPALIVED_ADVERTS } from "../../../support/hmac.ts";
import {
  OVER_IPV4,
  OVER_IPV6,
  patched,
  sealed,
  v2Advert,
  v3Advert,
  v3Advert6,
} from "../../../support/odd-packets.ts";
import { fromHex, ip, ipv4In, ipv6In, toHex } from "../../../support/packets.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";
import { PCAPPLUSPLUS, TCPDUMP } from "../../../vectors/public-frames.ts";

const behind = (message: Uint8Array, ...bytes: readonly number[]) =>
  Uint8Array.of(...message, ...bytes);

test("version 2 with its password", () => {
  const { payload, ...carrier } = ipv4In(TCPDUMP.v2Pass);
  const { addresses, authData, trailer, ...rest } = dissectVrrp(payload, carrier);
  assert.deepEqual(addresses.map(formatIp), ["10.4.42.1", "10.4.42.2", "10.4.42.3"]);
  assert.equal(new TextDecoder().decode(authData ?? undefined), "abcdefgh");
  assert.equal(trailer.length, 0);
  assert.deepEqual(rest, {
    version: 2,
    type: 1,
    vrid: 42,
    priority: 191,
    addressCount: 3,
    intervalMs: 10_000,
    authType: 1,
    checksum: { value: 0xf11f, bare: true, pseudoHeader: null },
    missingBytes: 0,
    cutBytes: 0,
  });
});

test("version 3 over IPv4 and over IPv6", () => {
  const { payload, ...carrier } = ipv4In(KEEPALIVED.v3Ip4);
  const over4 = dissectVrrp(payload, carrier);
  assert.deepEqual(over4.checksum, { value: 0x0779, bare: false, pseudoHeader: true });
  assert.deepEqual([over4.intervalMs, over4.authType, over4.authData], [250, null, null]);
  const packet6 = ipv6In(KEEPALIVED.v3Ip6);
  const over6 = dissectVrrp(packet6.payload, packet6);
  assert.deepEqual(over6.checksum, { value: 0x411e, bare: false, pseudoHeader: true });
  assert.deepEqual(over6.addresses.map(formatIp), ["fe80::6", "2001:db8::6"]);
});

test("versions 0 and 1 have the layout of version 2, those to come that of version 3", () => {
  for (const first of [0x01, 0x11, 0x21]) {
    const { version, intervalMs, authType } = dissectVrrp(patched(v2Advert(), 0, first), OVER_IPV4);
    assert.deepEqual([version, intervalMs, authType], [first >>> 4, 1000, 0]);
  }
  for (const first of [0x31, 0x41, 0xf1]) {
    const { version, intervalMs, authType } = dissectVrrp(patched(v3Advert(), 0, first), OVER_IPV4);
    assert.deepEqual([version, intervalMs, authType], [first >>> 4, 1000, null]);
  }
});

test("the reserved bits of version 3 are no part of the interval", () => {
  assert.equal(dissectVrrp(patched(v3Advert(), 4, 0xff, 0xff), OVER_IPV4).intervalMs, 40_950);
});

describe("the checksum", () => {
  const verdict = (message: Uint8Array, carrier = OVER_IPV4, wholeBytes?: number) => {
    const { bare, pseudoHeader } = dissectVrrp(message, carrier, wholeBytes).checksum;
    return { bare, pseudoHeader };
  };

  test("of version 3 in either flavour", () => {
    assert.deepEqual(verdict(v3Advert(2, "bare")), { bare: true, pseudoHeader: false });
    assert.deepEqual(verdict(v3Advert()), { bare: false, pseudoHeader: true });
    assert.deepEqual(verdict(patched(v3Advert(), 2, 1)), { bare: false, pseudoHeader: false });
    assert.deepEqual(verdict(sealed(v3Advert6()), OVER_IPV6), { bare: true, pseudoHeader: false });
  });

  test("of another carrier is bad with the pseudo-header alone", () => {
    const other = { ...OVER_IPV4, source: ip("10.0.0.9") };
    assert.deepEqual(verdict(v3Advert(), other), { bare: false, pseudoHeader: false });
    assert.deepEqual(verdict(v3Advert(2, "bare"), other), { bare: true, pseudoHeader: false });
  });

  test("is not known where not all was captured", () => {
    const message = v3Advert();
    const unknown = { bare: null, pseudoHeader: null };
    assert.deepEqual(verdict(message.slice(0, 15), OVER_IPV4, 16), unknown);
    assert.deepEqual(verdict(v2Advert().slice(0, 8), OVER_IPV4, 20), unknown);
  });

  test("is that of what there is where the sender says more than it sends", () => {
    const message = sealed(patched(v3Advert(), 3, 200));
    assert.deepEqual(verdict(message), { bare: true, pseudoHeader: false });
  });

  test("covers keepalived's trailer over IPv6 alone", () => {
    for (const { source, destination, message, name } of KEEPALIVED_ADVERTS) {
      const { checksum } = dissectVrrp(message, { source, destination });
      const { bare, pseudoHeader } = checksum;
      const version2 = (message[0] ?? 0) >>> 4 === 2;
      const expected = version2 ? [true, null] : [false, true];
      assert.deepEqual([bare, pseudoHeader], expected, name);
    }
  });

  test("is known when only a trailer was cut that it does not cover", () => {
    const signed = KEEPALIVED_ADVERTS.filter(({ name }) => name.startsWith("v3"));
    for (const { source, destination, message } of signed) {
      const cut = message.slice(0, -1);
      const { checksum } = dissectVrrp(cut, { source, destination }, message.length);
      assert.equal(checksum.pseudoHeader, source.length === 4 ? true : null);
    }
  });

  test("may cover what stands behind, or not, where that is no trailer of keepalived's", () => {
    const good = { bare: true, pseudoHeader: null };
    assert.deepEqual(verdict(behind(v2Advert(), 1, 2, 3, 4)), good);
    assert.deepEqual(verdict(sealed(behind(v2Advert(), 1, 2, 3, 4))), good);
    const over6 = verdict(behind(v3Advert6(), 1, 2, 3, 4), OVER_IPV6);
    assert.deepEqual(over6, { bare: false, pseudoHeader: false }); // there it covers all
    const bad = behind(patched(v2Advert(), 1, 9), 1, 2, 3, 4);
    assert.deepEqual(verdict(bad), { bare: false, pseudoHeader: null });
  });
});

describe("what stands behind", () => {
  test("is the trailer as it is, whatever it is", () => {
    const { trailer, missingBytes } = dissectVrrp(behind(v3Advert(), 1, 2, 3), OVER_IPV4);
    assert.deepEqual([toHex(trailer), missingBytes], ["010203", 0]);
  });

  test("begins behind the authentication data of version 2", () => {
    const { authData, trailer } = dissectVrrp(behind(v2Advert(), 9), OVER_IPV4);
    assert.deepEqual([authData?.length, toHex(trailer)], [8, "09"]);
  });

  test("is 28 bytes of keepalived's", () => {
    for (const { source, destination, message } of KEEPALIVED_ADVERTS) {
      assert.equal(dissectVrrp(message, { source, destination }).trailer.length, 28);
    }
  });
});

describe("what is missing", () => {
  test("is counted, and addresses are told that are there as a whole", () => {
    const { addresses, missingBytes } = dissectVrrp(
      patched(v3Advert().slice(0, 15), 3, 5),
      OVER_IPV4,
    );
    assert.deepEqual([addresses.map(formatIp), missingBytes], [["10.0.0.1"], 13]);
  });

  test("is all of the authentication data, or some", () => {
    const { payload, ...carrier } = ipv4In(PCAPPLUSPLUS.v2WithoutAuth);
    const without = dissectVrrp(payload, carrier);
    assert.deepEqual([without.authData?.length, without.missingBytes], [0, 8]);
    const some = dissectVrrp(v2Advert().slice(0, -5), OVER_IPV4);
    assert.deepEqual([some.authData?.length, some.missingBytes], [3, 5]);
  });

  test("may be the whole header", () => {
    const empty = dissectVrrp(new Uint8Array(), OVER_IPV4);
    assert.deepEqual([empty.version, empty.vrid, empty.missingBytes], [0, 0, 16]);
  });
});

test("nothing in it is the memory of the message", () => {
  const message = behind(v2Advert(), 7, 7);
  const before = dissectVrrp(message.slice(), OVER_IPV4);
  const dissected = dissectVrrp(message, OVER_IPV4);
  message.fill(0xa5);
  assert.deepEqual(dissected, before);
});

test("a message without its authentication data, cut where the addresses end", () => {
  const { addresses } = dissectVrrp(fromHex("2101640300010000 0a000001 0a000002 0a00"), OVER_IPV4);
  assert.deepEqual(addresses.map(formatIp), ["10.0.0.1", "10.0.0.2"]);
});
