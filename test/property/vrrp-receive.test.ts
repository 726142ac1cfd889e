import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HmacVerifier } from "../../src/proto/vrrp/hmac.ts";
import { VrrpMachine } from "../../src/proto/vrrp/machine.ts";
import type { VrrpReach } from "../../src/proto/vrrp/reach.ts";
import { type AdvertStandard, judgeAdvert } from "../../src/proto/vrrp/receive.ts";
import { hmacSettings } from "../support/hmac.ts";
import { advertBytes } from "../support/lan-adverts.ts";
import { vrrpConfig } from "../support/vrrp.ts";

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const source = Uint8Array.of(10, 0, 0, 3);
const destination = Uint8Array.of(224, 0, 0, 18);
const GROUP: VrrpReach = { kind: "group", group: destination };
const standards: fc.Arbitrary<AdvertStandard> = fc.record({
  version: fc.constantFrom(2, 3),
  vrid: fc.constant(51),
  adverIntervalMs: fc.constant(1000),
  source: bytes(4),
  addresses: fc.array(bytes(4), { minLength: 1 }),
  authPass: fc.constantFrom(null, "secret"),
  hmac: fc.constantFrom(null, new HmacVerifier(hmacSettings())),
  reach: fc.constantFrom<VrrpReach>(GROUP, {
    kind: "peers",
    peers: [{ ip: source, minTtl: 200, maxTtl: 255 }],
  }),
});

test("any bytes from anywhere are judged, never thrown at", () => {
  const payload = fc.uint8Array({ maxLength: 64 });
  fc.assert(
    fc.property(payload, fc.nat(255), standards, (payload, ttl, standard) => {
      judgeAdvert({ source, destination, ttl, payload }, standard, 0);
    }),
  );
});

test("no single wrong byte in an advert moves a machine", () => {
  const config = vrrpConfig();
  const good = advertBytes(config, 150, source);
  const standard = {
    ...config,
    source: Uint8Array.of(10, 0, 0, 2),
    addresses: [],
    authPass: null,
    hmac: null,
    reach: GROUP,
  };
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const payload = good.slice();
      payload[at] = (payload[at] as number) ^ flip;
      const fact = judgeAdvert({ source, destination, ttl: 255, payload }, standard, 0);
      const machine = new VrrpMachine(config);
      machine.handle({ kind: "started" }, 0);
      const { deadlineMs } = machine;
      if (fact !== undefined) machine.handle(fact, 1000);
      assert.equal(machine.deadlineMs, deadlineMs);
    }),
  );
});
