import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeVrrp, type VrrpAdvert } from "../../../../src/core/wire/vrrp.ts";
import { AdvertCensus } from "../../../../src/proto/doctor/census.ts";
import { groupFrame } from "../../../support/foreign.ts";
import { fromHex, ip, mac } from "../../../support/packets.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";

const GROUP = ip("224.0.0.18");
const frameOf = (payload: Uint8Array, ttl = 255, source = "10.0.0.2") =>
  groupFrame(payload, { source: ip(source), sourceMac: mac("02:00:00:00:00:02"), ttl });
const ADVERT = frameOf(advertOfPeer("10.0.0.2", 100));
const IN = { here: false, atMs: 0 };

test("adverts are counted before and after the group was joined, and on the socket", () => {
  const census = new AdvertCensus();
  census.hear(ADVERT, IN);
  census.join([GROUP, ip("10.0.0.3")]);
  for (let n = 0; n < 3; n++) census.hear(ADVERT, { here: false, atMs: n });
  const heard = {
    source: ip("10.0.0.2"),
    destination: GROUP,
    ttl: 255,
    payload: advertOfPeer("10.0.0.2", 100),
  };
  for (let n = 0; n < 9; n++) census.receive(heard);
  const [only, ...others] = census.speakers();
  assert.deepEqual(others, []);
  assert.deepEqual(
    [only?.alone, only?.joined, only?.expected, only?.received, only?.toGroup, only?.lowestTtl],
    [1, 3, 3, 3, true, 255],
  );
  const { terms } = only ?? {};
  assert.deepEqual(
    [terms?.version, terms?.priority, terms?.addresses, terms?.checksum],
    [3, 100, ["10.0.0.100"], "pseudo-header"],
  );
  assert.equal(census.routers(10)[0]?.masters.length, 1);
});

test("what goes elsewhere is not expected on the socket", () => {
  const census = new AdvertCensus();
  census.join([ip("10.0.0.3")]);
  census.hear(ADVERT, IN);
  assert.deepEqual([census.speakers()[0]?.joined, census.speakers()[0]?.expected], [1, 0]);
});

test("version 2: its authentication; over IPv6 no flavour of the checksum", () => {
  const census = new AdvertCensus();
  for (const frame of [KEEPALIVED.v2, KEEPALIVED.v2Pass, KEEPALIVED.v3Ip6])
    census.hear(fromHex(frame), IN);
  assert.deepEqual(
    census
      .speakers()
      .map(({ vrid, family, terms }) => [vrid, family, terms?.auth, terms?.checksum]),
    [
      [2, 4, "none", null],
      [3, 4, "pass", null],
      [6, 6, null, null],
    ],
  );
  assert.deepEqual(census.speakers()[1]?.terms?.password, new TextEncoder().encode("s3cret"));
});

test("a checksum of the message alone is told from one with the pseudo-header", () => {
  const advert: VrrpAdvert = {
    version: 3,
    vrid: 51,
    priority: 1,
    adverIntervalCs: 100,
    checksum: "bare",
    addresses: [ip("10.0.0.9")],
  };
  const census = new AdvertCensus();
  census.hear(frameOf(encodeVrrp(advert, { source: ip("10.0.0.2"), destination: GROUP })), IN);
  assert.equal(census.speakers()[0]?.terms?.checksum, "bare");
});

test("bad adverts count by their flaw and keep the terms of the last good one; a TTL is kept apart", () => {
  const census = new AdvertCensus();
  const broken = advertOfPeer("10.0.0.2", 100);
  broken[2] = 99;
  census.hear(ADVERT, IN);
  census.hear(frameOf(broken), IN);
  census.hear(frameOf(advertOfPeer("10.0.0.2", 100), 64), IN);
  const [only] = census.speakers();
  assert.deepEqual(
    [only?.flaws, only?.lowestTtl, only?.terms?.priority],
    [{ "bad-checksum": 1 }, 64, 100],
  );
});

test("frames of this host, of two MAC addresses and of two VRIDs are kept apart", () => {
  const census = new AdvertCensus();
  census.hear(ADVERT, IN);
  census.hear(ADVERT, { here: true, atMs: 0 });
  const twin = { source: ip("10.0.0.2"), sourceMac: mac("02:00:00:00:00:07") };
  census.hear(groupFrame(advertOfPeer("10.0.0.2", 100), twin), IN);
  assert.equal(census.speakers().length, 3);
});

test("a flood of senders is bounded, and what is no advert is nobody's", () => {
  const census = new AdvertCensus();
  for (let n = 0; n < 1000; n++) {
    const source = `10.1.${n >> 8}.${n & 255}`;
    census.hear(frameOf(advertOfPeer(source, 100), 255, source), IN);
    census.receive({
      source: ip(source),
      destination: GROUP,
      ttl: 255,
      payload: advertOfPeer(source, 1),
    });
  }
  assert.equal(census.speakers().length, 256);
  const empty = new AdvertCensus();
  empty.hear(fromHex(KEEPALIVED.gratuitousArp), IN);
  empty.hear(frameOf(Uint8Array.of(0x3f, 0, 1, 1)), IN); // a probe of the two-sided test
  empty.hear(frameOf(Uint8Array.of(0x31)), IN);
  empty.hear(new Uint8Array(), IN);
  assert.deepEqual(empty.speakers(), []);
});
