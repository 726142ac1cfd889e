/** However many routers are forged, an advert makes work for its own virtual router and for few others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFrom } from "../../src/core/seeded-random.ts";
import { encodeVrrp } from "../../src/core/wire/vrrp.ts";
import { Observer } from "../../src/proto/sniff/observer.ts";
import { VirtualRouter } from "../../src/proto/sniff/virtual-router.ts";
import { groupFrame } from "../support/foreign.ts";
import { packetOf } from "../support/pcap-file.ts";

test("the speakers of a virtual router are asked when it is its turn, not at each advert", (t) => {
  const random = randomFrom(1);
  const below = (limit: number) => Math.floor(random() * limit);
  const observer = lookingOn();
  const asked = t.mock.getter(
    VirtualRouter.prototype,
    "deadlineMs",
    function (this: VirtualRouter) {
      return original.call(this);
    },
  );
  const adverts = 5000;
  for (let n = 0; n < adverts; n++) {
    const source = Uint8Array.of(10, below(256), below(256), below(256));
    hear(observer, 100 * n, 1 + below(255), source);
  }
  const calls = asked.mock.callCount();
  assert.ok(calls <= 3 * adverts, `${calls / adverts} an advert`);
});

test("all together they have no more speakers than fit, and each virtual router keeps a few", () => {
  const observer = lookingOn();
  let n = 0;
  for (let host = 1; host <= 64; host++)
    for (let vlan = 1; vlan <= 4; vlan++)
      for (let vrid = 1; vrid <= 255; vrid++)
        hear(observer, n++, vrid, Uint8Array.of(10, vlan, vrid, host), vlan);
  const sizes = [...observer.routers].map(({ speakers }) => speakers.size);
  assert.equal(sizes.length, 4 * 255);
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 16_384);
  assert.ok(Math.min(...sizes) >= 4);
});

const lookingOn = () => new Observer({ wants: () => true, hmac: null, onChange: () => {} });

/** Each 10 us after the one before. */
function hear(observer: Observer, nth: number, vrid: number, source: Uint8Array, vlan = 0): void {
  const carrier = { source, destination: Uint8Array.of(224, 0, 0, 18) };
  const advert = {
    version: 3,
    vrid,
    priority: 1 + (nth % 254),
    adverIntervalCs: 100,
    addresses: [Uint8Array.of(10, 9, 0, 1)],
    checksum: "pseudo-header",
  } as const;
  const sourceMac = Uint8Array.of(2, 0, ...source);
  const frame = groupFrame(encodeVrrp(advert, carrier), { source, sourceMac });
  const tag = vlan === 0 ? [] : [0x81, 0x00, 0, vlan];
  const tagged = Uint8Array.of(...frame.subarray(0, 12), ...tag, ...frame.subarray(12));
  const time = { seconds: Math.floor(nth / 1e5), nanoseconds: (nth % 1e5) * 1e4 };
  observer.hear({ ...packetOf(tagged, 1), ...time });
}

const original = Object.getOwnPropertyDescriptor(VirtualRouter.prototype, "deadlineMs")?.get as (
  this: VirtualRouter,
) => number;
