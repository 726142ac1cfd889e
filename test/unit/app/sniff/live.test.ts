/** Listening on fake ports, in virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type LiveSource, listenLive } from "../../../../src/app/sniff/live.ts";
import type { SniffQuestion } from "../../../../src/app/sniff/session.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { capturedAdvert, WatchedSession } from "../../../support/sniff-session.ts";
import { A, type Said } from "../../../support/sniffed.ts";

class Listening {
  readonly ports: FakePorts;
  readonly watched: WatchedSession;
  readonly stop = new AbortController();
  readonly ended: ReturnType<typeof listenLive>;
  listening = 0;
  isOver = false;

  constructor(
    source: Partial<LiveSource> = {},
    asked: Partial<SniffQuestion> = {},
    ports = new FakePorts(),
  ) {
    this.ports = ports;
    this.watched = new WatchedSession(asked);
    const whole: LiveSource = {
      kind: "live",
      ifName: "eth0",
      join: false,
      family: undefined,
      forMs: undefined,
      untilSettled: false,
      ...source,
    };
    const tell = {
      onListening: () => {
        this.listening += 1;
      },
      onPause: this.watched.onPause,
    };
    this.ended = listenLive(whole, this.watched.session, ports, [this.stop.signal], tell);
    this.ended
      .catch(() => {})
      .finally(() => {
        this.isOver = true;
      });
  }

  async pass(ms: number): Promise<void> {
    await this.ports.clock.pass(ms);
    await this.ports.clock.pass(0);
  }

  /** An advert passes now. */
  advert(said: Said = {}, ifIndex = 2): void {
    const atMs = this.ports.clock.nowMs() - 1_000_000;
    this.ports.capture(capturedAdvert({ atMs, ...said }, ifIndex));
  }

  async stopped() {
    this.stop.abort();
    const end = await this.ended;
    assert.equal(this.ports.open, 0);
    return end;
  }
}

test("what passes is told as it comes, with the name of its interface, until an interruption", async () => {
  const one = new Listening();
  await one.pass(10);
  assert.equal(one.listening, 1);
  one.advert();
  assert.deepEqual(one.watched.shown, [`advert ${A}`]); // within the same turn
  assert.equal(one.watched.changes[0]?.segment, "eth0");
  one.ports.lostFrames = 7;
  const { endMs, kernelDrops } = await one.stopped();
  assert.deepEqual([endMs, kernelDrops], [one.ports.clock.wallMs(), 7]);
});

test("one interface is asked for its frames, or all, each through the filter", async () => {
  for (const [ifName, ifIndex] of [
    ["eth0", 2],
    ["any", 0],
  ] as const) {
    const listening = new Listening({ ifName });
    const [capture] = listening.ports.captures;
    assert.deepEqual([capture?.ifName, capture?.ifIndex], [ifName, ifIndex]);
    assert.ok((capture?.filter.length ?? 0) > 10);
    await listening.stopped();
  }
});

test("frames of any come under the names of their interfaces, also of new ones", async () => {
  const listening = new Listening({ ifName: "any" });
  listening.ports.kernel.setLink({ name: "eth1", ifIndex: 3 });
  for (const ifIndex of [2, 3, 99]) listening.advert({}, ifIndex);
  listening.ports.kernel.setLink({ name: "eth4", ifIndex: 4 });
  listening.advert({}, 4);
  const segments = listening.watched.session.routers.map(({ segment }) => segment);
  assert.deepEqual(segments, ["eth0", "eth1", "if99", "eth4"]);
  await listening.stopped();
});

test("on the loopback interface what went out is not told a second time", async () => {
  const ports = new FakePorts();
  ports.kernel.setLink({ name: "lo", ifIndex: 1 });
  const listening = new Listening({ ifName: "lo" }, {}, ports);
  listening.advert({ direction: "out" }, 1);
  listening.advert({ direction: "in" }, 1);
  assert.equal(listening.watched.shown.length, 1);
  await listening.stopped();
});

test("silence is told of when it is due, without a packet", async () => {
  const listening = new Listening();
  listening.advert();
  await listening.pass(3995);
  assert.equal(listening.watched.changes.length, 1);
  await listening.pass(2);
  assert.match(listening.watched.told.at(-1) ?? "", /^399[67].* lost 10\.0\.0\.2/);
  await listening.stopped();
});

test("it ends after the time asked for", async () => {
  const listening = new Listening({ forMs: 2500 });
  await listening.pass(2499);
  assert.equal(listening.isOver, false);
  await listening.pass(1);
  const { endMs } = await listening.ended;
  assert.equal(endMs, listening.ports.clock.wallMs());
});

test("until it is settled: as long as the slowest master heard needs, at least 4 s", async () => {
  const silent = new Listening({ untilSettled: true });
  await silent.pass(3999);
  assert.equal(silent.isOver, false);
  await silent.pass(1);
  assert.equal(silent.isOver, true);

  const slow = new Listening({ untilSettled: true });
  slow.advert({ intervalMs: 3000 });
  await slow.pass(11_900);
  assert.equal(slow.isOver, false);
  await slow.pass(100);
  assert.equal(slow.isOver, true);
});

test("it ends when as many were shown as asked for", async () => {
  const listening = new Listening({}, { count: 2 });
  listening.advert();
  await listening.pass(1);
  assert.equal(listening.isOver, false);
  listening.advert();
  await listening.pass(1);
  assert.equal(listening.isOver, true);
  assert.equal(listening.ports.open, 0);
});

test("what came before the interruption is told", async () => {
  const listening = new Listening();
  listening.ports.captured.push(capturedAdvert());
  await listening.stopped();
  assert.equal(listening.watched.shown.length, 1);
});

test("a flood does not keep the loop to itself: 64 batches in a turn", async () => {
  const listening = new Listening();
  const frame = capturedAdvert();
  listening.ports.capture(...Array(16 * 64 + 1).fill(frame));
  assert.equal(listening.watched.shown.length, 16 * 64);
  await listening.stopped();
});

test("each look is a moment to print, also when nothing comes", async () => {
  const listening = new Listening();
  await listening.pass(1000);
  assert.ok(listening.watched.pauses >= 10);
  await listening.stopped();
});

test("groups are joined where that was asked for, of the family that was", async () => {
  const joinedBy = async (source: Partial<LiveSource>) => {
    const listening = new Listening(source);
    const { joined } = listening.ports;
    await listening.stopped();
    return joined;
  };
  assert.deepEqual(await joinedBy({}), []);
  assert.deepEqual(await joinedBy({ join: true }), ["eth0 224.0.0.18", "eth0 ff02::12"]);
  assert.deepEqual(await joinedBy({ join: true, family: 6 }), ["eth0 ff02::12"]);
});

test("what keeps it from listening is an error, and nothing is left open", async () => {
  const refused: readonly [code: string, prepare: (ports: FakePorts) => void][] = [
    ["ENETDOWN", ({ kernel }) => kernel.setLink({ up: false })],
    ["EPERM", (ports) => (ports.refuseCapture = "EPERM")],
    ["EPERM", (ports) => (ports.refuseOpen = "EPERM")], // of the groups
    ["ENODEV", ({ kernel }) => kernel.removeLink()],
  ];
  for (const [code, prepare] of refused) {
    const ports = new FakePorts();
    prepare(ports);
    const listening = new Listening({ join: true }, {}, ports);
    await assert.rejects(listening.ended, { code });
    assert.deepEqual([ports.open, listening.listening], [0, 0]);
  }
});

test("a capture that fails while it is read ends it with that error", async () => {
  const listening = new Listening();
  await listening.pass(10);
  listening.ports.refuseCaptured = "EIO";
  listening.ports.capture();
  await assert.rejects(listening.ended, { code: "EIO" });
  assert.equal(listening.ports.open, 0);
});
