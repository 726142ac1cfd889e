/** Which adverts are compared with our addresses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AdvertListener } from "../../../../src/app/vrrp/listener.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { ip } from "../../../support/packets.ts";
import { advertOfPeer, vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

const GROUP = ip("224.0.0.18");

function differing(comparesAlways: boolean, sources: readonly string[]): boolean[] {
  const found: boolean[] = [];
  const onFact = (fact: { kind: string; addressesDiffer?: boolean }): void =>
    void found.push(fact.addressesDiffer === true);
  const listener = new AdvertListener(
    new FakeClock(),
    () => {},
    onFact,
    () => comparesAlways,
  );
  const { reach } = vrrpInstance();
  const standard = {
    ...vrrpConfig(),
    source: ip("10.0.0.1"),
    addresses: [ip("10.0.0.100")],
    authPass: null,
    hmac: null,
    reach,
  };
  for (const source of sources) {
    const payload = advertOfPeer(source, 200, ["10.0.0.77"]);
    const datagram = { source: ip(source), destination: GROUP, ttl: 255, payload, receivedMs: 0 };
    listener.hear(datagram, standard);
  }
  return found;
}

test("other addresses of a master are seen each time, or with skip_check_adv_addr once", () => {
  const sources = ["10.0.0.2", "10.0.0.2", "10.0.0.3", "10.0.0.3"];
  assert.deepEqual(differing(true, sources), [true, true, true, true]);
  assert.deepEqual(differing(false, sources), [true, false, true, false]);
});
