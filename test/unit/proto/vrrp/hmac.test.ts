import assert from "node:assert/strict";
import { test } from "node:test";
import { familyOf } from "../../../../src/core/addr.ts";
import { decodeTrailer, splitTrailer } from "../../../../src/core/wire/vrrp-hmac.ts";
import {
  defaultWindowMs,
  HmacSigner,
  HmacVerifier,
  nextSequence,
  sequenceAt,
} from "../../../../src/proto/vrrp/hmac.ts";
import { hmacKey, hmacSettings, KEEPALIVED_ADVERTS, KEY_1, KEY_7 } from "../../../support/hmac.ts";
import { decodedOf, ip, toHex } from "../../../support/packets.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";

const NOW_MS = Date.UTC(2026, 0, 2);
const PEER = ip("10.0.0.2");
const PDU = advertOfPeer("10.0.0.2", 100);
const signed = (wallMs = NOW_MS, settings = hmacSettings()) =>
  new HmacSigner(settings).sign(PDU, PEER, wallMs);
const verifier = (changes = {}) => new HmacVerifier(hmacSettings(changes));
const sequenceOf = (message: Uint8Array, family: 4 | 6 = 4) =>
  decodedOf(decodeTrailer(splitTrailer(message, family).trailer ?? assert.fail())).sequence;
/** Milliseconds that give just this sequence, its counter being 0: in the middle of its 1/65536 s. */
const wallMsOf = (sequence: bigint) => ((Number(sequence >> 16n) + 0.5) * 1000) / 65536;

test("keepalived's adverts are believed at their time, and ours are the same bytes", () => {
  for (const { name, source, message } of KEEPALIVED_ADVERTS) {
    const { pdu } = splitTrailer(message, familyOf(source));
    const wallMs = wallMsOf(sequenceOf(message, familyOf(source)));
    const settings = hmacSettings({ active: name === "v3Ip4Key7" ? KEY_7 : KEY_1 });
    assert.equal(new HmacVerifier(settings).judge(message, source, wallMs + 100), undefined, name);
    assert.equal(toHex(new HmacSigner(settings).sign(pdu, source, wallMs)), toHex(message), name);
  }
});

test("a change of any bit of what is signed is rejected", () => {
  for (const { source, message } of KEEPALIVED_ADVERTS) {
    const wallMs = wallMsOf(sequenceOf(message, familyOf(source)));
    for (const [at, byte] of message.entries()) {
      if (at === 6 || at === 7) continue; // VRRP's own checksum guards itself
      for (let bit = 1; bit < 256; bit *= 2) {
        const reason = verifier().judge(message.with(at, byte ^ bit), source, wallMs);
        assert.notEqual(reason, undefined, `byte ${at}`);
      }
    }
  }
});

test("an advert that claims another source is rejected", () => {
  assert.equal(verifier().judge(signed(), ip("10.0.0.3"), NOW_MS), "hmac-mismatch");
});

test("each mode has its own answer to an advert without a trailer, all judge one that has it", () => {
  const strange = hmacSettings({ active: hmacKey(1, "another secret under the same number") });
  for (const [mode, reason] of [
    ["receive-only", undefined],
    ["permissive", undefined],
    ["enforce", "hmac-missing"],
  ] as const) {
    assert.equal(verifier({ mode }).judge(PDU, PEER, NOW_MS), reason);
    assert.equal(verifier({ mode }).judge(signed(), PEER, NOW_MS), undefined);
    assert.equal(verifier({ mode }).judge(signed(NOW_MS, strange), PEER, NOW_MS), "hmac-mismatch");
  }
});

test("a key that is not there and a trailer that is none have reasons of their own", () => {
  const eighth = hmacSettings({ active: hmacKey(8, "a secret that only the sender has got") });
  assert.equal(verifier().judge(signed(NOW_MS, eighth), PEER, NOW_MS), "hmac-unknown-key");
  assert.equal(verifier().judge(signed().with(PDU.length, 2), PEER, NOW_MS), "hmac-malformed");
});

test("a sender's clock may be wrong by the window, either way", () => {
  for (const [offsetMs, reason] of [
    [-5000, undefined],
    [5000, undefined],
    [-5001, "hmac-stale"],
    [5001, "hmac-stale"],
  ] as const) {
    assert.equal(verifier().judge(signed(NOW_MS + offsetMs), PEER, NOW_MS), reason, `${offsetMs}`);
  }
  assert.equal(defaultWindowMs(1000), 5000);
  assert.equal(defaultWindowMs(10_000), 30_000);
});

test("an advert is believed once, and none that is older than the newest of its sender", () => {
  const judge = verifier();
  const signer = new HmacSigner(hmacSettings());
  const [first, second] = [0, 1].map(() => signer.sign(PDU, PEER, NOW_MS)) as [
    Uint8Array,
    Uint8Array,
  ];
  assert.equal(judge.judge(second, PEER, NOW_MS), undefined);
  assert.equal(judge.judge(second, PEER, NOW_MS + 1), "hmac-replayed");
  assert.equal(judge.judge(first, PEER, NOW_MS + 1), "hmac-replayed");
  const other = ip("10.0.0.3");
  const ofOther = new HmacSigner(hmacSettings()).sign(PDU, other, NOW_MS - 10);
  assert.equal(judge.judge(ofOther, other, NOW_MS), undefined, "another sender counts for itself");
});

test("a forged advert does not move the mark of the sender whom it names", () => {
  const judge = verifier();
  const later = signed(NOW_MS + 1000);
  assert.equal(judge.judge(later.with(-1, 1), PEER, NOW_MS), "hmac-mismatch");
  assert.equal(judge.judge(signed(), PEER, NOW_MS), undefined);
});

test("a sender whose clock was set back is heard again when the window has passed", () => {
  const judge = verifier();
  assert.equal(judge.judge(signed(NOW_MS), PEER, NOW_MS), undefined);
  const earlierMs = NOW_MS - 60_000; // all clocks are set back by a minute
  assert.equal(judge.judge(signed(earlierMs), PEER, earlierMs), undefined);
});

test("the senders that it remembers are the last sixteen", () => {
  const judge = verifier();
  const from = (host: number) => {
    const source = ip(`10.0.1.${host}`);
    return judge.judge(new HmacSigner(hmacSettings()).sign(PDU, source, NOW_MS), source, NOW_MS);
  };
  for (let host = 1; host <= 16; host += 1) assert.equal(from(host), undefined);
  assert.equal(from(1), "hmac-replayed");
  assert.equal(from(17), undefined);
  assert.equal(from(2), "hmac-replayed");
  assert.equal(from(1), undefined, "the first one has made room");
});

test("keys change without a loss: all are believed, one signs", () => {
  const judge = verifier();
  const old = signed(NOW_MS, hmacSettings({ active: KEY_1 }));
  const fresh = signed(NOW_MS + 100, hmacSettings({ active: KEY_7 }));
  assert.equal(judge.judge(old, PEER, NOW_MS), undefined);
  assert.equal(judge.judge(fresh, PEER, NOW_MS + 100), undefined);
  assert.equal(verifier({ keys: [KEY_7] }).judge(old, PEER, NOW_MS), "hmac-unknown-key");
});

test("the sequence follows the clock, and counts where the clock stands or goes back a little", () => {
  const now = sequenceAt(NOW_MS);
  assert.equal(now, (BigInt(NOW_MS / 1000) << 32n) | 0n);
  assert.equal(sequenceAt(NOW_MS + 500), now + 0x8000_0000n);
  assert.equal(nextSequence(NOW_MS, undefined, 5000), now);
  assert.equal(nextSequence(NOW_MS, now, 5000), now + 1n);
  assert.equal(nextSequence(NOW_MS + 1000, now, 5000), sequenceAt(NOW_MS + 1000));
  assert.equal(nextSequence(NOW_MS - 4000, now, 5000), now + 1n);
  assert.equal(nextSequence(NOW_MS - 6000, now, 5000), sequenceAt(NOW_MS - 6000));
});

test("the sequence goes on through the wrap of the seconds in 2106", () => {
  const wrapMs = 2 ** 32 * 1000;
  const last = sequenceAt(wrapMs - 1);
  const next = nextSequence(wrapMs, last, 5000);
  assert.equal(next, 0n);
  const judge = verifier();
  assert.equal(judge.judge(signed(wrapMs - 1), PEER, wrapMs), undefined);
  assert.equal(judge.judge(signed(wrapMs), PEER, wrapMs), undefined);
  assert.equal(judge.judge(signed(wrapMs - 1), PEER, wrapMs), "hmac-replayed");
});

test("new keys are believed and sign at once, while what was heard and sent is not forgotten", () => {
  const fresh = hmacKey(9, "a secret that nobody had before this one");
  const after = hmacSettings({ keys: [KEY_1, fresh], active: fresh });
  const [judge, signer] = [verifier(), new HmacSigner(hmacSettings())];
  const old = signer.sign(PDU, PEER, NOW_MS);
  assert.equal(judge.judge(old, PEER, NOW_MS), undefined);
  judge.renew(after);
  signer.renew(after);
  assert.equal(judge.judge(old, PEER, NOW_MS), "hmac-replayed");
  const next = signer.sign(PDU, PEER, NOW_MS);
  assert.ok(sequenceOf(next) > sequenceOf(old), "the clock stands still, the sequence goes on");
  assert.equal(judge.judge(next, PEER, NOW_MS), undefined);
  judge.renew(hmacSettings({ keys: [KEY_1] }));
  assert.equal(judge.judge(signer.sign(PDU, PEER, NOW_MS), PEER, NOW_MS), "hmac-unknown-key");
});
