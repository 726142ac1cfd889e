/** A virtual router whose adverts go to peers by unicast, with the peers played. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { advertOfPeer, peersOf, vip } from "../../../support/vrrp.ts";

const OWN = ["10.0.0.1/24", "fe80::1/64"];
const TAKEOVER_MS = 3610; // three adverts of 1 s, and the skew of priority 100

test("every peer is told by unicast and nobody else is believed", async () => {
  const run = new FakeRun({
    reach: peersOf("10.0.0.2", "10.9.0.3"),
  });
  await run.pass(TAKEOVER_MS);
  assert.deepEqual(run.takeSent().slice(0, 2), [
    "advert 100 from 10.0.0.1 to 10.0.0.2",
    "advert 100 from 10.0.0.1 to 10.9.0.3",
  ]);
  const hear = (source: string, ttl: number): void => {
    const advert = advertOfPeer(source, 200, ["10.0.0.100"], "10.0.0.1");
    run.ports.receive(source, advert, ttl);
  };
  hear("10.0.0.4", 255);
  await run.pass();
  assert.equal(run.told.at(-1), "rejected not-a-peer 10.0.0.4 1");
  assert.deepEqual(run.addresses, [...OWN, "10.0.0.100/24"]);
  hear("10.9.0.3", 62);
  await run.pass();
  assert.equal(run.told.at(-1), "master>backup higher-priority");
  assert.deepEqual(run.addresses, OWN);
});

test("over IPv6 peers beyond the link are told from a global address that is not virtual", async () => {
  const ports = new FakePorts();
  ports.kernel.addAddress("fd00::1/64");
  const vips = [vip("fd00::100/64")];
  for (const [peer, source] of [
    ["fd00::2", "fd00::1"],
    ["fe80::2", "fe80::1"],
  ] as const) {
    const run = new FakeRun({ family: 6, vips, reach: peersOf(peer) }, { ports });
    await run.pass(TAKEOVER_MS);
    assert.equal(run.takeSent()[0], `advert 100 from ${source} to ${peer}`);
    run.urgent.abort();
    await run.pass();
  }
});
