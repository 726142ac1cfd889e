import assert from "node:assert/strict";
import { test } from "node:test";
import {
  beginsAsProbe,
  type DeliveryProbe,
  decodeDeliveryProbe,
  describeDeliveryProbe,
  encodeDeliveryProbe,
} from "../../../../src/core/wire/delivery-probe.ts";
import { decodeVrrp, peekVrrp } from "../../../../src/core/wire/vrrp.ts";
import { codeOf, decodedOf, fromHex, ip, toHex } from "../../../support/packets.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";

const CARRIER = { source: ip("10.0.0.1"), destination: ip("224.0.0.18") };
const CARRIER6 = { source: ip("fe80::1"), destination: ip("ff02::12") };
const PROBE: DeliveryProbe = {
  kind: "question",
  answerWay: "unicast",
  vrid: 51,
  nonce: fromHex("0102030405060708"),
  asked: ip("10.0.0.3"),
  tally: {
    sent: { multicast: 3, unicast: 2 },
    received: { multicast: 1, unicast: 0 },
    seen: { multicast: 0, unicast: 300 },
  },
};
const BYTES =
  "3f0001020033df30 766b6431 0102030405060708 00000000000000000000ffff0a000003 000300020001000000 00012c";

test("every field has its place, and comes back from there", () => {
  const bytes = encodeDeliveryProbe(PROBE, CARRIER);
  assert.equal(bytes.length, 48);
  assert.equal(toHex(bytes), toHex(fromHex(BYTES)));
  assert.deepEqual(decodedOf(decodeDeliveryProbe(bytes, CARRIER)), PROBE);
  const six: DeliveryProbe = {
    ...PROBE,
    kind: "answer",
    answerWay: "multicast",
    asked: ip("fd00::3"),
  };
  assert.deepEqual(
    decodedOf(decodeDeliveryProbe(encodeDeliveryProbe(six, CARRIER6), CARRIER6)),
    six,
  );
  const report: DeliveryProbe = { ...PROBE, kind: "report", vrid: 0 };
  assert.deepEqual(
    decodedOf(decodeDeliveryProbe(encodeDeliveryProbe(report, CARRIER), CARRIER)),
    report,
  );
});

test("no router takes it for an advert, and no advert is taken for it", () => {
  const bytes = encodeDeliveryProbe(PROBE, CARRIER);
  assert.deepEqual(peekVrrp(bytes), { version: 3, vrid: 0 });
  assert.equal(codeOf(decodeVrrp(bytes, CARRIER)), "bad-type");
  const advert = advertOfPeer("10.0.0.1", 100);
  assert.equal(codeOf(decodeDeliveryProbe(advert, CARRIER)), "not-a-probe");
  assert.deepEqual([beginsAsProbe(bytes), beginsAsProbe(advert)], [true, false]);
});

test("what is not as it was sent is refused, each by its name", () => {
  const bytes = encodeDeliveryProbe(PROBE, CARRIER);
  const changed = (at: number, value: number) => {
    const copy = Uint8Array.from(bytes);
    copy[at] = value;
    return codeOf(decodeDeliveryProbe(copy, CARRIER));
  };
  assert.equal(changed(2, 0), "bad-kind");
  assert.equal(changed(2, 4), "bad-kind");
  assert.equal(changed(3, 3), "bad-way");
  assert.equal(changed(8, 0), "not-a-probe");
  assert.equal(changed(12, 9), "bad-checksum");
  assert.equal(
    codeOf(decodeDeliveryProbe(bytes, { ...CARRIER, source: ip("10.0.0.2") })),
    "bad-checksum",
  );
  assert.equal(codeOf(decodeDeliveryProbe(bytes.subarray(0, 47), CARRIER)), "short");
  assert.equal(codeOf(decodeDeliveryProbe(Uint8Array.of(...bytes, 0), CARRIER)), "trailing");
  const foreign = encodeDeliveryProbe({ ...PROBE, asked: ip("fd00::3") }, CARRIER);
  assert.equal(codeOf(decodeDeliveryProbe(foreign, CARRIER)), "bad-family");
});

test("a count beyond its field stays at the greatest; a nonce of another size is a bug", () => {
  const tally = { ...PROBE.tally, seen: { multicast: 70_000, unicast: 0 } };
  const bytes = encodeDeliveryProbe({ ...PROBE, tally }, CARRIER);
  assert.equal(decodedOf(decodeDeliveryProbe(bytes, CARRIER)).tally.seen.multicast, 65_535);
  assert.throws(
    () => encodeDeliveryProbe({ ...PROBE, nonce: new Uint8Array(7) }, CARRIER),
    RangeError,
  );
});

test("it is described in one line", () => {
  assert.equal(
    describeDeliveryProbe(PROBE),
    "delivery question about vrid 51 to 10.0.0.3, answer by unicast",
  );
  assert.match(describeDeliveryProbe({ ...PROBE, vrid: 0 }), /about any vrid/);
});
