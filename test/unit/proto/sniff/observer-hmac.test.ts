/** What an onlooker with keys makes of signed adverts, and of those that are not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeVrrp } from "../../../../src/core/wire/vrrp.ts";
import { type HmacSettings, HmacSigner } from "../../../../src/proto/vrrp/hmac.ts";
import { captureBytes } from "../../../support/captures.ts";
import { hmacSettings } from "../../../support/hmac.ts";
import { onEthernet } from "../../../support/link-frames.ts";
import { inIpv4, OVER_IPV4 } from "../../../support/odd-packets.ts";
import { ip } from "../../../support/packets.ts";
import { packetsOfPcap } from "../../../support/pcap-file.ts";
import { A, B, framePacket, Onlooker, START_MS } from "../../../support/sniffed.ts";

const VIP = "10.0.0.100";
const SIGNED = packetsOfPcap(captureBytes("keepalived-v3-ipv4.pcap"));
const verifying = (changes: Partial<HmacSettings> = {}) =>
  new Onlooker({ hmac: hmacSettings(changes) });

/** What is to be signed. */
const signedPdu = (intervalMs: number, carrier = OVER_IPV4): Uint8Array =>
  encodeVrrp(
    {
      version: 3,
      vrid: 51,
      priority: 100,
      adverIntervalCs: intervalMs / 10,
      checksum: "pseudo-header",
      addresses: [ip(VIP)],
    },
    carrier,
  );

test("signed adverts of keepalived are right with its key, and show nothing without", () => {
  for (const onlooker of [verifying(), new Onlooker()]) {
    const codes = SIGNED.flatMap((packet) => onlooker.see(packet)?.reasons ?? []);
    assert.deepEqual([...new Set(codes.map(({ code }) => code))], ["resigning"]);
  }
});

test("a signed advert that comes again is a replay, also out of what was understood before", () => {
  const onlooker = verifying();
  const [packet] = SIGNED;
  const codes = [packet, packet, packet].map(
    (one) => one && onlooker.see(one)?.reasons.map(({ code }) => code),
  );
  assert.deepEqual(codes, [[], ["hmac-replayed"], ["hmac-replayed"]]);
  assert.equal(onlooker.router.rejected, 2);
});

test("an advert that is not signed is told of each time, by those who have keys", () => {
  const onlooker = verifying();
  for (let n = 0; n < 5; n += 1)
    assert.deepEqual(onlooker.judge({ atMs: n * 1000, id: n }), ["hmac-missing"]);
  onlooker.hear({ source: B, priority: 0, atMs: 4500 }); // so that all is concluded anew
  assert.deepEqual(onlooker.judge({ atMs: 5000, id: 5 }), ["hmac-missing"]);
  const verdicts = onlooker.changes.filter(
    (change) => change.kind === "verdict" && change.source === A,
  );
  assert.equal(verdicts.length, 1);
});

test("the window of signatures is three intervals, at least 5 s", () => {
  const signer = new HmacSigner(hmacSettings());
  for (const [intervalMs, latestMs] of [
    [1000, 5000],
    [2000, 6000],
  ] as const) {
    const message = signer.sign(signedPdu(intervalMs), OVER_IPV4.source, START_MS);
    const frame = onEthernet(inIpv4(message));
    const codesAt = (atMs: number) =>
      verifying()
        .see(framePacket(frame, { atMs }))
        ?.reasons.map(({ code }) => code);
    assert.deepEqual([codesAt(latestMs - 1), codesAt(latestMs + 1)], [[], ["hmac-stale"]]);
  }
});
