import assert from "node:assert/strict";
import { test } from "node:test";
import { listenToWire } from "../../../../src/app/vrrp/wire-status.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { A, advertPacket, B, C, type Said } from "../../../support/sniffed.ts";

/** The only instance, when these pass one each 100 ms. */
async function statusOf(...said: readonly Said[]) {
  const ports = new FakePorts();
  const question = { ifName: "eth0", vrid: undefined, family: undefined, listenMs: 1000 };
  const running = listenToWire(question, ports, new AbortController().signal);
  for (const one of said) {
    ports.capture(passingFrame(advertPacket(one).bytes));
    await ports.clock.pass(100);
  }
  const { instances } = await ports.clock.passUntil(running);
  const [instance = assert.fail()] = instances;
  const { master, masters, peers, vips } = instance;
  const addressesOf = (some: readonly { readonly address: string }[]) =>
    some.map(({ address }) => address);
  return {
    master: master?.address ?? null,
    masters: addressesOf(masters),
    peers: addressesOf(peers),
    vips: addressesOf(vips),
  };
}

test("who gave up is a peer, the one heard last first; the addresses are the master's", async () => {
  const status = await statusOf(
    { source: A, priority: 100, addresses: ["10.0.0.50"] },
    { source: B, priority: 150 },
    { source: C, priority: 200, addresses: ["10.0.0.60"] },
  );
  assert.deepEqual(status, { master: C, masters: [C], peers: [B, A], vips: ["10.0.0.60"] });
});

test("of two masters the stronger one comes first, whoever was heard last", async () => {
  const status = await statusOf(
    { source: B, priority: 200, addresses: ["10.0.0.60"] },
    { source: A, priority: 100, addresses: ["10.0.0.50"] },
  );
  assert.deepEqual(status, { master: B, masters: [B, A], peers: [], vips: ["10.0.0.60"] });
});

test("where all resigned there is no master, and the addresses are the last one's", async () => {
  const status = await statusOf({ source: A }, { source: A, priority: 0 });
  assert.deepEqual(status, { master: null, masters: [], peers: [A], vips: ["10.0.0.100"] });
});
