import assert from "node:assert/strict";
import { test } from "node:test";
import { hearWire, type WireQuestion } from "../../../../src/app/vrrp/onlooking.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { passingFrame } from "../../../support/passing-frame.ts";
import { advertPacket, type Said } from "../../../support/sniffed.ts";

const QUESTION: WireQuestion = {
  ifName: "eth0",
  vrid: undefined,
  family: undefined,
  listenMs: 1000,
};

function hearing(said: readonly Said[], changes: Partial<WireQuestion> = {}) {
  const [ports, stop, sightings] = [new FakePorts(), new AbortController(), [] as string[]];
  for (const one of said) ports.captured.push(passingFrame(advertPacket(one).bytes));
  const running = hearWire({ ...QUESTION, ...changes }, ports, stop.signal, ({ segment }) =>
    sightings.push(segment),
  );
  return { ports, stop, running, sightings };
}

test("who is on the LAN itself is told of in order, a VLAN on it is another LAN", async () => {
  const said = [{ vrid: 9 }, { vrid: 7, source: "fe80::2" }, { vrid: 7 }, { vrid: 3, vlans: [5] }];
  const { ports, running, sightings } = hearing(said);
  const { routers, listenedMs } = await ports.clock.passUntil(running);
  assert.deepEqual(
    routers.map(({ vrid, family }) => [vrid, family]),
    [
      [7, 4],
      [7, 6],
      [9, 4],
    ],
  );
  assert.deepEqual([listenedMs, sightings], [1000, ["eth0", "eth0", "eth0"]]);
  assert.equal(ports.open, 0);
});

test("without a time it listens until a master of what it heard would be known to be gone", async () => {
  const { ports, running } = hearing([{ intervalMs: 2000 }], { listenMs: undefined });
  const { listenedMs } = await ports.clock.passUntil(running, 100);
  assert.ok(listenedMs > 6000 && listenedMs < 8100, `${listenedMs}`);
});

test("an interruption is no answer, nor is an interface that is down", async () => {
  const { ports, stop, running } = hearing([{}]);
  running.catch(() => {});
  await ports.clock.pass(100);
  stop.abort(new Error("stopped"));
  await assert.rejects(ports.clock.passUntil(running), /stopped/);
  ports.kernel.setLink({ running: false });
  const late = hearWire(QUESTION, ports, new AbortController().signal);
  await assert.rejects(late, { code: "ENETDOWN" });
  assert.equal(ports.open, 0);
});
