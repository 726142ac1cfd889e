/** A UDP port that answers, is refused by ICMP, or is silent, without a network. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { type UdpPlan, udpProber } from "../../../../src/app/check/udp.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeUdp } from "../../../support/fake-udp.ts";
import { ip } from "../../../support/packets.ts";

const PLAN: UdpPlan = {
  source: null,
  ifName: null,
  mark: null,
  family: undefined,
  firstOnly: false,
  payload: Uint8Array.of(1, 2),
  want: { required: true, minBytes: 0, maxBytes: 100, patterns: [] },
};
const TARGET = { host: "10.0.0.5", ip: ip("10.0.0.5"), port: 53 };

async function check(peer: FakeUdp, required = true) {
  const ports = new FakePorts();
  ports.net.udp.set("10.0.0.5:53", peer);
  const prober = udpProber({ ...PLAN, want: { ...PLAN.want, required } }, ports);
  const checked = attempt(prober, TARGET, 500, ports.clock, new AbortController().signal);
  await ports.clock.pass(1000);
  return await checked;
}

test("an answer is judged, and the socket is closed", async () => {
  const peer = new FakeUdp(() => [Uint8Array.of(65)]);
  const result = await check(peer);
  assert.deepEqual([result.class, result.detail], ["L4OK", 'an answer of 1 bytes: "A"']);
  assert.deepEqual(peer.heard, [PLAN.payload]);
  assert.equal(peer.openSockets, 0);
});

test("ICMP port unreachable is down at once, whatever is required", async () => {
  for (const required of [true, false]) {
    const result = await check(new FakeUdp(), required);
    assert.deepEqual([result.verdict, result.class, result.totalMs], ["down", "L4CON", 0]);
  }
});

test("silence is down where an answer is required, else up when the time is over", async () => {
  const down = await check(new FakeUdp(() => []));
  assert.deepEqual([down.verdict, down.class], ["down", "L7TOUT"]);
  const peer = new FakeUdp(() => []);
  const up = await check(peer, false);
  assert.deepEqual([up.verdict, up.detail], ["up", "no answer, none was required"]);
  assert.equal(up.totalMs, 500);
  assert.equal(peer.openSockets, 0);
});

test("what our own host refuses says nothing of the service", async () => {
  assert.equal((await check(new FakeUdp("EPERM"))).verdict, "unknown");
});
