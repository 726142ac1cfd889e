import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpBytes } from "../../../../src/core/addr.ts";
import { parseIp } from "../../../../src/core/addr.ts";
import { encodeVrrp, type VrrpAdvert } from "../../../../src/core/wire/vrrp.ts";
import { HmacVerifier } from "../../../../src/proto/vrrp/hmac.ts";
import {
  type AdvertStandard,
  type HeardDatagram,
  judgeAdvert,
} from "../../../../src/proto/vrrp/receive.ts";

import { hmacSettings, KEEPALIVED_ADVERTS } from "../../../support/hmac.ts";

const ip = (text: string): IpBytes => parseIp(text) as IpBytes;
const VIPS = [ip("10.0.0.100"), ip("10.0.0.101")];
const V3: VrrpAdvert = {
  version: 3,
  vrid: 51,
  priority: 150,
  adverIntervalCs: 25,
  addresses: VIPS,
  checksum: "pseudo-header",
};
const V2: VrrpAdvert = {
  version: 2,
  vrid: 51,
  priority: 150,
  adverIntervalCs: 300,
  addresses: VIPS,
  auth: { type: "none" },
};
const OURS: AdvertStandard = {
  version: 3,
  vrid: 51,
  adverIntervalMs: 1000,
  source: ip("10.0.0.2"),
  addresses: VIPS,
  authPass: null,
  hmac: null,
  reach: { kind: "group", group: ip("224.0.0.18") },
};
const OURS_V2: AdvertStandard = { ...OURS, version: 2, adverIntervalMs: 3000 };

function hear(advert: VrrpAdvert, changes: Partial<HeardDatagram> = {}): HeardDatagram {
  const carrier = { source: ip("10.0.0.3"), destination: ip("224.0.0.18"), ...changes };
  return { ttl: 255, payload: encodeVrrp(advert, carrier), ...carrier };
}

const judge = (heard: HeardDatagram, standard: AdvertStandard) => judgeAdvert(heard, standard, 0);

function reasonOf(heard: HeardDatagram, standard: AdvertStandard): string {
  const fact = judge(heard, standard);
  assert.equal(fact?.kind, "advert-rejected");
  assert.equal(fact.source, "10.0.0.3");
  return fact.reason;
}

test("a version 3 advert becomes a fact with the sender's own interval", () => {
  assert.deepEqual(judge(hear(V3), OURS), {
    kind: "advert-received",
    source: "10.0.0.3",
    priority: 150,
    adverIntervalMs: 250,
    checksum: "pseudo-header",
    peerWinsTie: true,
    addressesDiffer: false,
  });
});

test("the higher address wins a tie, as an unsigned number", () => {
  const tieWith = (source: string): unknown => {
    const fact = judge(hear(V3, { source: ip(source) }), OURS);
    return fact?.kind === "advert-received" && fact.peerWinsTie;
  };
  assert.equal(tieWith("10.0.0.1"), false);
  assert.equal(tieWith("10.0.0.3"), true);
  assert.equal(tieWith("200.0.0.1"), true);
});

test("the checksum flavour of the sender is told", () => {
  const fact = judge(hear({ ...V3, checksum: "bare" }), OURS);
  assert.equal(fact?.kind === "advert-received" && fact.checksum, "bare");
});

test("the order of the addresses means nothing, other addresses are told but accepted", () => {
  const differs = (addresses: IpBytes[]): unknown => {
    const fact = judge(hear({ ...V3, addresses }), OURS);
    return fact?.kind === "advert-received" && fact.addressesDiffer;
  };
  assert.equal(differs([ip("10.0.0.101"), ip("10.0.0.100")]), false);
  assert.equal(differs([ip("10.0.0.100")]), true);
  assert.equal(differs([ip("10.0.0.100"), ip("10.0.0.102")]), true);
});

test("in which addresses we differ is told of both sides, eight at most of each", () => {
  const differing = (addresses: IpBytes[], ours = VIPS): unknown => {
    const fact = judge(hear({ ...V3, addresses }), { ...OURS, addresses: ours });
    return fact?.kind === "advert-received" && fact.disagreement;
  };
  const [first, second, third] = ["10.0.0.100", "10.0.0.101", "10.0.0.102"].map(ip);
  assert.ok(first && second && third);
  assert.equal(differing([second, first]), undefined);
  assert.deepEqual(differing([first, third]), { heard: "+10.0.0.102", ours: "+10.0.0.101" });
  assert.deepEqual(differing([first]), { heard: "nothing more", ours: "+10.0.0.101" });
  const many = Array.from({ length: 12 }, (_, n) => ip(`10.0.1.${n}`));
  const named = many.slice(0, 8).map((_, n) => `+10.0.1.${n}`);
  assert.deepEqual(differing(many, [first]), {
    heard: `${named.join(",")},and 4 more`,
    ours: "+10.0.0.100",
  });
});

test("an advert of another virtual router is none of our business, even a bad one", () => {
  assert.equal(judge(hear({ ...V3, vrid: 52 }), OURS), undefined);
  assert.equal(judge({ ...hear({ ...V3, vrid: 52 }), ttl: 1 }, OURS), undefined);
});

test("an advert that crossed a router is rejected", () => {
  assert.equal(reasonOf({ ...hear(V3), ttl: 254 }, OURS), "ttl-not-255");
});

test("by unicast a peer's own TTL bounds count instead of 255, and only peers are believed", () => {
  const peer = (address: string, minTtl = 1, maxTtl = 255) => ({ ip: ip(address), minTtl, maxTtl });
  const ours = (...peers: ReturnType<typeof peer>[]): AdvertStandard => ({
    ...OURS,
    reach: { kind: "peers", peers },
  });
  const heard = { ...hear(V3, { destination: OURS.source }), ttl: 64 };
  assert.equal(judgeAdvert(heard, ours(peer("10.0.0.3")), 0)?.kind, "advert-received");
  assert.equal(judgeAdvert(heard, ours(peer("10.0.0.3", 64, 64)), 0)?.kind, "advert-received");
  assert.equal(reasonOf(heard, ours(peer("10.0.0.3", 65))), "ttl-out-of-range");
  assert.equal(reasonOf(heard, ours(peer("10.0.0.3", 1, 63))), "ttl-out-of-range");
  assert.equal(reasonOf(heard, ours(peer("10.0.0.4", 65), peer("10.0.0.5"))), "not-a-peer");
  const stranger = judge(heard, ours(peer("10.0.0.4"), peer("10.0.0.5")));
  assert.deepEqual(stranger?.kind === "advert-rejected" && stranger.disagreement, {
    heard: "unicast to 10.0.0.2",
    ours: "peers 10.0.0.4,10.0.0.5",
  });
  assert.equal(
    judgeAdvert(heard, ours(peer("10.0.0.4", 65), peer("10.0.0.3")), 0)?.kind,
    "advert-received",
  );
});

test("by unicast to a router that speaks to a group is told as the mistake that it is", () => {
  const heard = hear(V3, { destination: OURS.source });
  const fact = judge(heard, OURS);
  assert.equal(reasonOf(heard, OURS), "wrong-destination");
  assert.deepEqual(fact?.kind === "advert-rejected" && fact.disagreement, {
    heard: "unicast to 10.0.0.2",
    ours: "group 224.0.0.18",
  });
});

test("of two flaws the one is named that explains the other", () => {
  const secret = { ...OURS_V2, authPass: "secret" };
  const bad = (heard: HeardDatagram): HeardDatagram => ({
    ...heard,
    payload: heard.payload.with(2, 7),
  });
  const signed = { ...OURS, hmac: new HmacVerifier(hmacSettings({ mode: "enforce" })) };
  const slow = { ...V2, adverIntervalCs: 200 };
  assert.equal(reasonOf({ ...hear(V2), ttl: 1 }, OURS), "ttl-not-255", "before the version");
  assert.equal(reasonOf(hear(V2), signed), "wrong-version", "before the proof of the sender");
  assert.equal(reasonOf(bad(hear(V3)), signed), "hmac-missing", "before the checksum");
  assert.equal(reasonOf(bad(hear(V2)), secret), "bad-checksum", "before the password");
  assert.equal(reasonOf(bad(hear(slow)), OURS_V2), "bad-checksum", "before the interval");
  const elsewhere = hear(slow, { destination: OURS.source });
  assert.equal(reasonOf(elsewhere, secret), "wrong-destination", "before the password");
  assert.equal(reasonOf(hear(slow), secret), "wrong-auth-type", "before the interval");
});

test("bytes that are no advert are rejected with the decoder's code", () => {
  const heard = hear(V3);
  assert.equal(reasonOf({ ...heard, payload: heard.payload.slice(0, 9) }, OURS), "short");
  assert.equal(reasonOf({ ...heard, payload: new Uint8Array() }, OURS), "short");
  const flipped = heard.payload.slice();
  flipped[2] = 255;
  assert.equal(reasonOf({ ...heard, payload: flipped }, OURS), "bad-checksum");
});

test("an advert from our own address is rejected", () => {
  const fact = judge(hear(V3, { source: OURS.source }), OURS);
  assert.equal(fact?.kind === "advert-rejected" && fact.reason, "own-address");
});

test("the other version is rejected, both ways", () => {
  assert.equal(reasonOf(hear(V2), OURS), "wrong-version");
  assert.equal(reasonOf(hear(V3), OURS_V2), "wrong-version");
});

test("version 2 wants the very interval that we have", () => {
  assert.equal(judge(hear(V2), OURS_V2)?.kind, "advert-received");
  assert.equal(reasonOf(hear({ ...V2, adverIntervalCs: 200 }), OURS_V2), "wrong-interval");
});

test("version 2 wants the very authentication that we have", () => {
  const pass = (text: string): VrrpAdvert => {
    return { ...V2, auth: { type: "pass", password: new TextEncoder().encode(text) } };
  };
  const secret = { ...OURS_V2, authPass: "secret" };
  assert.equal(judge(hear(pass("secret")), secret)?.kind, "advert-received");
  assert.equal(reasonOf(hear(pass("secreT")), secret), "wrong-password");
  assert.equal(reasonOf(hear(pass("secret2")), secret), "wrong-password");
  assert.equal(reasonOf(hear(pass("secre")), secret), "wrong-password");
  assert.equal(reasonOf(hear(V2), secret), "wrong-auth-type");
  assert.equal(reasonOf(hear(pass("secret")), OURS_V2), "wrong-auth-type");
  assert.equal(reasonOf(hear({ ...V2, auth: { type: "ah" } }), secret), "wrong-auth-type");
});

test("the setting in which we differ is told with both values, a password never", () => {
  const disagreement = (advert: VrrpAdvert, standard: AdvertStandard): unknown => {
    const fact = judge(hear(advert), standard);
    return fact?.kind === "advert-rejected" && fact.disagreement;
  };
  const secret = { ...OURS_V2, authPass: "secret" };
  const wrong: VrrpAdvert = {
    ...V2,
    auth: { type: "pass", password: new TextEncoder().encode("secreT") },
  };
  assert.deepEqual(disagreement(V2, OURS), { heard: "2", ours: "3" });
  assert.deepEqual(disagreement({ ...V2, adverIntervalCs: 200 }, OURS_V2), {
    heard: "2s",
    ours: "3s",
  });
  assert.deepEqual(disagreement(V2, secret), { heard: "none", ours: "pass" });
  assert.equal(disagreement(wrong, secret), undefined);
});

test("keepalived's signed adverts are believed with its keys, and not with one byte changed", () => {
  for (const heard of KEEPALIVED_ADVERTS) {
    const { name, source, destination, message: payload } = heard;
    const standard = (): AdvertStandard => ({
      ...(name === "v2Ip4" ? OURS_V2 : OURS),
      adverIntervalMs: 1000,
      reach: { kind: "group", group: destination },
      hmac: new HmacVerifier(hmacSettings({ windowMs: 60_000 })),
    });
    const kindOf = (payload: Uint8Array) =>
      judgeAdvert({ source, destination, ttl: 255, payload }, standard(), CAPTURED_MS)?.kind;
    assert.equal(kindOf(payload), "advert-received", name);
    for (const at of payload.keys()) {
      const forged = payload.with(at, (payload[at] as number) ^ 0x10);
      assert.notEqual(kindOf(forged), "advert-received", `${name} byte ${at}`);
    }
    const plain = { ...standard(), hmac: null };
    const fact = judge({ source, destination, ttl: 255, payload }, plain);
    assert.ok(fact?.kind === "advert-rejected", "without keys");
    assert.equal(fact.reason, "hmac-unexpected");
    assert.deepEqual(fact.disagreement, { heard: "signed", ours: "no keys" });
  }
});

test("without keys only a whole advert with a trailer is called signed", () => {
  const { payload, ...heard } = hear(V3);
  const longer = (bytes: number): HeardDatagram => ({
    ...heard,
    payload: Uint8Array.of(...payload, ...new Uint8Array(bytes)),
  });
  assert.equal(reasonOf(longer(28), OURS), "hmac-unexpected");
  assert.equal(reasonOf(longer(27), OURS), "trailing");
  const broken = longer(28);
  assert.equal(reasonOf({ ...broken, payload: broken.payload.with(2, 7) }, OURS), "trailing");
});

test("without a trailer an enforcing router rejects, a permissive one believes", () => {
  const withMode = (mode: "enforce" | "permissive"): AdvertStandard => {
    return { ...OURS, hmac: new HmacVerifier(hmacSettings({ mode })) };
  };
  assert.equal(reasonOf(hear(V3), withMode("enforce")), "hmac-missing");
  assert.equal(judge(hear(V3), withMode("permissive"))?.kind, "advert-received");
});

const CAPTURED_MS = 1_795_424_140_000; // the captures were made around it
