import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { VerdictFinding } from "../../../../../src/app/ha/simulate/verdict.ts";
import {
  checked,
  cluster,
  live,
  type NodeWish,
  ranked,
  scriptTracker,
} from "../../../../support/simulated.ts";

/** What the last event did to the one virtual router. */
function findingOf(nodes: readonly NodeWish[], ...events: readonly string[]): VerdictFinding {
  const [finding, ...more] = live(cluster(...nodes), 60, ...events).verdicts.at(-1)?.findings ?? [];
  assert.deepEqual(more, []);
  return finding ?? assert.fail("no finding");
}

const outcomeOf = (nodes: readonly NodeWish[], ...events: readonly string[]): string => {
  const { outcome, to, reason } = findingOf(nodes, ...events);
  return `${outcome} ${to.join("+")}: ${reason}`;
};

describe("weights that never matter", () => {
  test("a weight that is too small is named with the one that would do", () => {
    assert.equal(
      outcomeOf([checked(150, -30), {}], "10s fail chk@a"),
      "no-failover a: 150-30=120 > 100; a weight below -50 would move it",
    );
    assert.equal(
      outcomeOf([checked(150, -51), {}], "10s fail chk@a"),
      "failover b: 150-51=99 < 100",
    );
  });

  test("what recovers needs no other weight", () => {
    const events = ["10s fail chk@a", "20s recover chk@a"];
    assert.equal(outcomeOf([checked(150, -30), {}], ...events), "no-change a: 150 > 100");
  });

  test("the weight that is named moves it, and the next does not", () => {
    for (const [priority, rival] of [
      [150, 100],
      [101, 100],
      [254, 2],
    ] as const) {
      const peer = { instances: [{ config: { priority: rival } }] };
      const { reason } = findingOf([checked(priority, -1), peer], "10s fail chk@a");
      const most = Number(/below (-?\d+) would/.exec(reason)?.[1] ?? 0);
      const moves = (weight: number) =>
        findingOf([checked(priority, weight), peer], "10s fail chk@a").outcome === "failover";
      assert.deepEqual([moves(most - 1), moves(most)], [true, false], reason);
    }
  });

  test("equal priorities do not move it either", () => {
    assert.equal(
      outcomeOf([checked(150, -50), {}], "10s fail chk@a"),
      "no-failover a: 150-50=100 = 100, and equals let a master be; a weight below -50 would move it",
    );
  });

  test("a weight that is earned does not matter where the rest is enough", () => {
    assert.equal(
      outcomeOf([checked(150, 30), checked(100, 30)], "10s fail chk@a"),
      "no-failover a: 150 > 100+30=130; 150 without chk is not below 130, so that it never matters",
    );
    assert.match(outcomeOf([checked(110, 30), checked(100, 30)], "10s fail chk@a"), /^failover b/);
  });

  test("against a priority of 1 no weight helps, for the sum stays at 1", () => {
    const last = { instances: [{ config: { priority: 1 } }] };
    assert.equal(
      outcomeOf([checked(100, -200), last], "10s fail chk@a"),
      "no-failover a: 100-200=1 = 1, and equals let a master be; no weight can move it",
    );
  });

  test("an owner keeps its priority, a group drops the weight, and others do not track at all", () => {
    assert.equal(
      outcomeOf([checked(255, -200), {}], "10s fail chk@a"),
      "no-failover a: priority 255 owns the addresses, and no weight counts",
    );
    const syncGroups = [{ name: "G", members: ["VI_1"], mayWeigh: false }];
    assert.equal(
      outcomeOf([{ ...checked(150, -200), syncGroups }, {}], "10s fail chk@a"),
      "no-failover a: in a sync group the weight of chk does not count",
    );
    const untracked = { scripts: [{ name: "chk" }], instances: [{ config: { priority: 150 } }] };
    assert.equal(
      outcomeOf([untracked, {}], "10s fail chk@a"),
      "no-failover a: it does not track chk",
    );
  });

  test("a failure that nobody could notice yet is told as that", () => {
    const slow = { ...checked(150, -60), scripts: [{ name: "chk", intervalMs: 30_000, fall: 3 }] };
    assert.match(outcomeOf([slow, {}], "10s fail chk@a"), /chk is still up after 50s.*every 30s/);
  });

  test("nobody else is there to take over", () => {
    assert.equal(
      outcomeOf([checked(150, -60), {}], "10s stop b", "20s fail chk@a"),
      "no-failover a: nobody else can take over, b does not run",
    );
  });
});

describe("nopreempt", () => {
  test("with weighted checks nothing moves", () => {
    const shy = checked(100, -60, { preempt: false });
    assert.equal(
      outcomeOf([checked(150, -60), shy], "10s fail chk@a"),
      "no-failover a: 150-60=90 < 100, but b has nopreempt: it waits until no master is heard; " +
        "no weight would move it: with weight 0 its failure would be a fault",
    );
  });

  test("without a weight the failure is a fault, which moves it, and recovery does not", () => {
    const nodes = [checked(150, 0, { preempt: false }), checked(100, 0, { preempt: false })];
    assert.match(outcomeOf(nodes, "10s fail chk@a"), /^failover b: a FAULT \(tracked-down: chk\)$/);
    assert.equal(
      outcomeOf(nodes, "10s fail chk@a", "30s recover chk@a"),
      "no-change b: 100 < 150, but a has nopreempt: it waits until no master is heard",
    );
  });

  test("on the weaker node alone it keeps nothing: the stronger takes back", () => {
    const nodes = [checked(150, 0), checked(100, 0, { preempt: false })];
    const { outcome, to } = findingOf(nodes, "10s crash a", "30s start a");
    assert.deepEqual([outcome, to], ["failback", ["a"]]);
  });

  test("a delay of preemption that still runs is named", () => {
    const patient = checked(150, 0, { preemptDelayMs: 100_000 });
    assert.equal(
      outcomeOf([patient, {}], "10s crash a", "30s start a"),
      "no-change b: 100 < 150, but a has preempt_delay 1m40s",
    );
  });
});

test("everybody in FAULT is no master, with each one's reason", () => {
  const nodes = [checked(150, 0), checked(100, 0)];
  const { outcome, reason, nobodyMs } = findingOf(nodes, "10s fail chk@a", "20s fail chk@b");
  assert.deepEqual(
    [outcome, reason],
    ["no-master", "a FAULT (tracked-down: chk), b FAULT (tracked-down: chk)"],
  );
  assert.ok(nobodyMs > 38_000);
});

test("virtual routers that fare alike are one finding", () => {
  const instances = Array.from({ length: 5 }, (_, n) => ({
    name: `VI_${n}`,
    vips: [`10.0.1.${n}`],
    config: { vrid: n + 1, priority: 150 },
    trackers: n < 2 ? [scriptTracker("chk", -60)] : [],
  }));
  const peers = instances.map((one) => ({
    ...one,
    config: { ...one.config, priority: 100 },
    trackers: [],
  }));
  const of = cluster({ scripts: [{ name: "chk" }], instances }, { instances: peers });
  const [verdict] = live(of, 30, "10s fail chk@a").verdicts;
  assert.deepEqual(
    verdict?.findings.map(({ outcome, instances: names }) => [outcome, names.length]),
    [
      ["failover", 2],
      ["no-change", 3],
    ],
    "a check is the matter of those that track it",
  );
});

test("an event on a node that is not MASTER changes nothing", () => {
  const [verdict] = live(ranked(150, 100), 30, "10s crash b").verdicts;
  assert.equal(verdict?.findings[0]?.outcome, "no-change");
});

test("a frozen process obeys when it thaws", () => {
  const { verdicts, addresses } = live(
    ranked(150, 100),
    40,
    "10s freeze a",
    "20s stop a",
    "30s thaw a",
  );
  assert.deepEqual(verdicts.at(-1)?.findings[0]?.to, ["b"]);
  assert.deepEqual(addresses[0]?.holders, ["b"]);
});

describe("a MASTER that changes again and again", () => {
  test("is told as that, with how often", () => {
    const { outcome, takeovers, reason, to } = findingOf([checked(150, 0), {}], "10s loss 60%");
    assert.deepEqual([outcome, to], ["flapping", ["a"]]);
    assert.ok(takeovers > 1);
    assert.equal(reason, `b became MASTER ${takeovers} times`);
  });

  test("also where another one was it just once, and the former is it again", () => {
    const { verdicts } = live(ranked(150, 100), 40, "5s loss 30%");
    const [finding] = verdicts[0]?.findings ?? [];
    assert.deepEqual([finding?.outcome, finding?.reason], ["flapping", "b became MASTER once"]);
  });

  test("not where several try once and the strongest stays", () => {
    const { outcome, takeovers } = findingOf([checked(150, 0), {}, {}], "10s crash a");
    assert.deepEqual([outcome, takeovers], ["failover", 2], "b and c are equal");
  });
});

test("an address that another number has as well is a split, though each has one MASTER", () => {
  const instances = (first: string, second: string, priority: number) => [
    { name: "VI_1", vips: [first], config: { vrid: 1, priority } },
    { name: "VI_2", vips: [second], config: { vrid: 2, priority }, ifName: "eth1" },
  ];
  const of = cluster(
    { instances: instances("10.0.0.100", "10.0.0.101", 150) },
    { instances: instances("10.0.0.101", "10.0.0.100", 100) },
  );
  const [verdict] = live(of, 30, "10s link down eth0@a").verdicts;
  assert.deepEqual(
    verdict?.findings.map(({ outcome, reason }) => [outcome, reason.includes("for 10.0.0.101")]),
    [
      ["split", true],
      ["split", true],
    ],
  );
});

test("a link that comes back is no link that nobody tracks", () => {
  const events = ["10s link down eth0@b", "20s link up eth0@b"];
  const nodes = [
    { instances: [{ config: { priority: 100 } }] },
    checked(150, 0, { preempt: false }),
  ];
  assert.doesNotMatch(findingOf(nodes, ...events).reason, /does not track/);
});

test("adverts that arrive again mend what their loss did", () => {
  const { outcome, from, to } = findingOf([checked(150, 0), {}], "10s loss 100%", "20s loss 0%");
  assert.deepEqual([outcome, from, to], ["failback", ["a", "b"], ["a"]]);
});
