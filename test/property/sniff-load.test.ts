/** However many routers are forged, an advert makes work for its own virtual router and for few others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeVrrp } from "../../src/core/wire/vrrp.ts";
import { Observer } from "../../src/proto/sniff/observer.ts";
import { VirtualRouter } from "../../src/proto/sniff/virtual-router.ts";
import { groupFrame } from "../support/foreign.ts";
import { packetOf } from "../support/pcap-file.ts";
import { randomFrom } from "../support/random.ts";

test("the speakers of a virtual router are asked when it is its turn, not at each advert", (t) => {
  const random = randomFrom(1);
  const below = (limit: number) => Math.floor(random() * limit);
  const observer = new Observer({ wants: () => true, hmac: null, onChange: () => {} });
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
    const carrier = { source, destination: Uint8Array.of(224, 0, 0, 18) };
    const advert = {
      version: 3,
      vrid: 1 + below(255),
      priority: 1 + below(254),
      adverIntervalCs: 100,
      addresses: [Uint8Array.of(10, 9, 0, 1)],
      checksum: "pseudo-header",
    } as const;
    const sourceMac = Uint8Array.of(2, 0, ...source);
    const frame = groupFrame(encodeVrrp(advert, carrier), { source, sourceMac });
    observer.hear({
      ...packetOf(frame, 1),
      seconds: Math.floor(n / 1000),
      nanoseconds: (n % 1000) * 1e6,
    });
  }
  const calls = asked.mock.callCount();
  assert.ok(calls <= 3 * adverts, `${calls / adverts} an advert`);
});

const original = Object.getOwnPropertyDescriptor(VirtualRouter.prototype, "deadlineMs")?.get as (
  this: VirtualRouter,
) => number;
