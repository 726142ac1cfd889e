import assert from "node:assert/strict";
import { test } from "node:test";
import { listenTwice } from "../../../../src/app/doctor/listening.ts";
import { readStanding } from "../../../../src/app/doctor/standing.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { advertFrame } from "../../../support/foreign.ts";
import { fromHex } from "../../../support/packets.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { advertOfPeer } from "../../../support/vrrp.ts";

const ADVERT = advertFrame("10.0.0.2", 150, "02:00:00:00:00:02");
const IGMP_QUERY = fromHex(
  "01005e0000010200000000010800 46c0002000000000010244fa0a000001e000000194040000 11640000e0000000",
);

async function listen(ports: FakePorts, each: (ports: FakePorts, atMs: number) => void) {
  const signal = new AbortController().signal;
  const listening = listenTwice(readStanding("eth0", ports), [4], 5000, ports, signal);
  for (let atMs = 0; atMs < 5200; atMs += 10) {
    await ports.clock.pass(10);
    each(ports, atMs);
  }
  return await listening;
}

const capture = (ports: FakePorts, bytes: Uint8Array, direction: "in" | "out" = "in") =>
  ports.captured.push(passingFrame(bytes, { direction }));

test("what comes before it joins is counted apart from what comes after", async () => {
  const ports = new FakePorts();
  const { heard } = await listen(ports, (it, atMs) => {
    if (atMs % 1000 !== 0) return;
    capture(it, ADVERT);
    it.receive("10.0.0.2", advertOfPeer("10.0.0.2", 150)); // nobody listens in the first time
  });
  const [only] = heard.speakers;
  assert.deepEqual([heard.aloneMs, heard.joinedMs], [1500, 3500]);
  assert.deepEqual([only?.alone, only?.joined, only?.expected, only?.received], [2, 3, 3, 3]);
  assert.equal(ports.open, 0);
});

test("queries are counted, and what this host sends is known as its own", async () => {
  const { heard } = await listen(new FakePorts(), (it, atMs) => {
    if (atMs === 100) capture(it, IGMP_QUERY);
    if (atMs === 200) capture(it, ADVERT, "out");
  });
  assert.deepEqual(heard.queries, { 4: 1, 6: 0 });
  assert.deepEqual(
    heard.speakers.map(({ here }) => here),
    [true],
  );
});

test("a refused group is told, a missing permission thrown", async () => {
  const full = new FakePorts();
  full.refuseOpen = "ENOBUFS";
  const { groups } = await listen(full, () => {});
  assert.equal(groups[4].refusalCode, "ENOBUFS");
  const poor = new FakePorts();
  const listening = assert.rejects(
    listenTwice(readStanding("eth0", poor), [4], 1000, poor, new AbortController().signal),
    { code: "EPERM" },
  );
  poor.refuseOpen = "EPERM";
  await poor.clock.pass(1000);
  await listening;
  assert.equal(poor.open, 0);
});

test("a flood is read at a bounded rate and ends in time", async () => {
  const { heard } = await listen(new FakePorts(), (it) => {
    for (let n = it.captured.length; n < 4000; n++) capture(it, ADVERT);
  });
  assert.ok((heard.speakers[0]?.joined ?? 0) > 1000);
});
