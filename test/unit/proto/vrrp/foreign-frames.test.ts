import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  decodeForeign,
  foreignFilter,
  type OurPlace,
} from "../../../../src/proto/vrrp/foreign-frames.ts";
import { runFilter } from "../../../support/bpf.ts";
import { advertFrame, claimFrame } from "../../../support/foreign.ts";
import { ip, mac } from "../../../support/packets.ts";

const OURS: OurPlace = {
  vrid: 51,
  vips: [ip("10.0.0.100"), ip("fd00::100")],
  source: ip("10.0.0.1"),
  mac: mac("02:00:00:00:00:01"),
};
const THEIRS = "02:00:00:00:00:03";

test("claims of our addresses and adverts for our VRID pass the filter and are told", () => {
  const program = foreignFilter(OURS);
  const frames = [
    claimFrame("10.0.0.100", THEIRS),
    claimFrame("fd00::100", THEIRS),
    advertFrame("10.0.0.3", 90, THEIRS),
  ];
  assert.ok(frames.every((frame) => runFilter(program, frame)));
  assert.deepEqual(
    frames.map((frame) => decodeForeign(frame, OURS)),
    [
      { kind: "claim-heard", vip: "10.0.0.100", mac: THEIRS },
      { kind: "claim-heard", vip: "fd00::100", mac: THEIRS },
      {
        kind: "advert",
        source: ip("10.0.0.3"),
        destination: ip("224.0.0.18"),
        mac: THEIRS,
        priority: 90,
        adverIntervalMs: 1000,
      },
    ],
  );
});

test("what is about others, or our own sent back to us, is nothing", () => {
  const frames = [
    claimFrame("10.0.0.7", THEIRS),
    claimFrame("fd01::100", THEIRS), // the filter looks at its end alone
    claimFrame("10.0.0.100", "02:00:00:00:00:01"),
    advertFrame("10.0.0.1", 100, "02:00:00:00:00:01"),
  ];
  for (const frame of frames) assert.equal(decodeForeign(frame, OURS), undefined);
  const other = { ...OURS, vrid: 52 };
  assert.equal(decodeForeign(advertFrame("10.0.0.3", 90, THEIRS), other), undefined);
});

test("an advert of the other family is of another virtual router, whatever its VRID", () => {
  const overIp6 = { ...OURS, source: ip("fe80::1") };
  assert.equal(decodeForeign(advertFrame("10.0.0.3", 90, THEIRS), overIp6), undefined);
});

test("any bytes are told or not, and never thrown at", () => {
  const frame = fc.uint8Array({ maxLength: 120 });
  fc.assert(fc.property(frame, (bytes) => void decodeForeign(bytes, OURS)));
});
