import assert from "node:assert/strict";
import { test } from "node:test";
import { testDelivery } from "../../../../src/app/doctor/delivery-test.ts";
import { readStanding } from "../../../../src/app/doctor/standing.ts";
import { UsageError } from "../../../../src/core/errors.ts";
import {
  type DeliveryProbe,
  decodeDeliveryProbe,
  encodeDeliveryProbe,
} from "../../../../src/core/wire/delivery-probe.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { decodedOf, ip } from "../../../support/packets.ts";

const PEER = ip("10.0.0.2");

function asking(peer: string, ports = new FakePorts()) {
  const stop = new AbortController();
  const standing = readStanding("eth0", ports);
  const counts = testDelivery(ip(peer), 51, standing, ports, stop.signal);
  counts.catch(() => {});
  return { ports, stop, counts };
}

/** From where the unicast questions to this peer leave. */
async function sourcesTo(peer: string, ...addresses: readonly string[]): Promise<string[]> {
  const ports = new FakePorts();
  for (const address of addresses) ports.kernel.addAddress(address);
  const { stop } = asking(peer, ports);
  await ports.clock.pass(300);
  stop.abort();
  const sent = ports.sent.filter(({ destination }) => destination === peer);
  return [...new Set(sent.flatMap(({ source }) => source ?? []))];
}

test("unicast leaves from the prefix of the peer, else from its scope", async () => {
  assert.deepEqual(await sourcesTo("192.0.2.7", "192.0.2.1/24"), ["192.0.2.1"]);
  assert.deepEqual(await sourcesTo("198.51.100.7", "192.0.2.1/24"), ["10.0.0.1"]);
  assert.deepEqual(await sourcesTo("fe80::7", "2001:db8::1/64"), ["fe80::1"]);
  assert.deepEqual(await sourcesTo("2001:db8:1::7", "2001:db8::1/64"), ["2001:db8::1"]);
});

test("a peer that is this host, or that no address could reach, is refused", () => {
  assert.throws(() => asking("10.0.0.1"), UsageError);
  assert.throws(() => asking("2001:db8::7"), /eth0 has no address to reach it from/);
});

test("only answers to this run count: of its nonce, from who was asked", async () => {
  const { ports, counts } = asking("10.0.0.2");
  await ports.clock.pass(0);
  const [question] = ports.sent;
  const { source, destination, bytes } = question ?? assert.fail();
  const carrier = { source: ip(source ?? ""), destination: ip(destination ?? "") };
  const probe = decodedOf(decodeDeliveryProbe(bytes, carrier));
  const answer = (changes: Partial<DeliveryProbe>): void => {
    const back = { source: PEER, destination: ip("224.0.0.18") };
    ports.receive("10.0.0.2", encodeDeliveryProbe({ ...probe, kind: "answer", ...changes }, back));
  };
  answer({ nonce: new Uint8Array(8) });
  answer({ asked: ip("10.0.0.3") });
  answer({});
  const { ours } = await ports.clock.passUntil(counts);
  assert.deepEqual(ours.received, { multicast: 1, unicast: 0 });
  assert.deepEqual([ours.sent, ports.open], [{ multicast: 10, unicast: 10 }, 0]);
});

test("an interruption or a refusal ends it with that, and leaves nothing open", async () => {
  const one = asking("10.0.0.2");
  await one.ports.clock.pass(100);
  one.stop.abort(new Error("stopped"));
  await assert.rejects(one.counts, /stopped/);
  const other = asking("10.0.0.2");
  other.ports.refuseSend = "EPERM";
  await other.ports.clock.pass(100);
  await assert.rejects(other.counts, { code: "EPERM" });
  assert.deepEqual([one.ports.open, other.ports.open], [0, 0]);
});
