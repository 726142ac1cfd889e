import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { masterDownMs } from "../../../../../src/proto/vrrp/times.ts";
import { ip } from "../../../../support/packets.ts";
import {
  changesIn,
  checked,
  cluster,
  type InstanceWish,
  live,
  type NodeWish,
  ranked,
  scriptTracker,
} from "../../../../support/simulated.ts";
import { peersOf, vrrpConfig } from "../../../../support/vrrp.ts";

const downMs = (priority: number): number => masterDownMs(vrrpConfig({ priority }), 1000);
const DELAY_MS = 1;

/** Two instances in one group on each node. */
const grouped = (priority: number, first: InstanceWish = {}, more: NodeWish = {}): NodeWish => ({
  instances: [
    { ...first, config: { priority, ...first.config } },
    { name: "VI_2", vips: ["10.0.0.101"], config: { priority, vrid: 52 } },
  ],
  syncGroups: [{ name: "G", members: ["VI_1", "VI_2"], mayWeigh: false }],
  ...more,
});

describe("nodes", () => {
  test("the strongest is MASTER, and a crash costs the patience of the next", () => {
    const result = live(ranked(150, 100), 20, "10s crash a");
    assert.deepEqual(changesIn(result, 1), ["a VI_1 MASTER", "b VI_1 MASTER"]);
    const [address] = result.addresses;
    assert.equal(address?.firstHeldMs, downMs(150));
    const lastAdvertMs = downMs(150) + 6000;
    assert.equal(address?.nobodyMs, lastAdvertMs + DELAY_MS + downMs(100) - 10_000);
    assert.deepEqual([address?.severalMs, address?.holders], [0, ["b"]]);
  });

  test("one that is stopped hands over without a gap, and takes back when it starts", () => {
    const result = live(ranked(150, 100), 40, "10s stop a", "20s start a");
    assert.deepEqual(changesIn(result, 10_000), [
      ...["b VI_1 MASTER", "a VI_1 INIT", "a VI_1 BACKUP", "a VI_1 MASTER", "b VI_1 BACKUP"],
    ]);
    const [address] = result.addresses;
    assert.deepEqual([address?.nobodyMs, address?.severalMs], [0, 2 * DELAY_MS]);
  });

  test("one that is frozen or killed goes on to hold the address beside the next", () => {
    for (const blow of ["freeze", "kill"]) {
      const result = live(ranked(150, 100), 20, `10s ${blow} a`);
      const [address] = result.addresses;
      assert.deepEqual([address?.nobodyMs, address?.holders], [0, ["a", "b"]], blow);
      assert.ok((address?.severalMs ?? 0) > 6000, blow);
    }
    const leased = ranked(150, 100).nodes.map((node) => ({
      ...node,
      instances: node.instances.map((one) => ({ ...one, config: { ...one.config, leaseS: 2 } })),
    }));
    const [address] = live({ nodes: leased }, 20, "10s kill a").addresses;
    assert.deepEqual(
      [address?.severalMs, address?.holders],
      [0, ["b"]],
      "but not beyond its lease",
    );
  });

  test("one that thaws reads first what it missed, and takes its address back", () => {
    const result = live(ranked(100, 150), 40, "10s freeze b", "20s thaw b");
    assert.deepEqual(changesIn(result, 10_000), ["a VI_1 MASTER", "a VI_1 BACKUP"]);
    const frozenBackup = live(ranked(150, 100), 40, "10s freeze b", "20s thaw b");
    assert.deepEqual(changesIn(frozenBackup, 10_000), []);
  });

  test("a cut makes two masters, of whom clients reach one; healed, the stronger stays", () => {
    const result = live(ranked(150, 100, 50), 40, "10s cut a", "20s heal");
    assert.deepEqual(changesIn(result, 10_000), ["b VI_1 MASTER", "b VI_1 BACKUP"]);
    const [cut, healed] = result.verdicts.map(({ findings }) => findings[0]);
    assert.deepEqual([cut?.outcome, cut?.reason], ["split", "cut off from each other"]);
    assert.ok((cut?.nobodyMs ?? 0) > 2000, "a is out of reach until b takes over");
    assert.deepEqual([healed?.outcome, healed?.from, healed?.to], ["failback", ["a", "b"], ["a"]]);
    assert.equal(healed?.afterMs, null, "it was that before");
  });

  test("two that are cut off together hear each other", () => {
    const result = live(ranked(150, 100, 50), 20, "10s cut b c");
    assert.deepEqual(changesIn(result, 10_000), ["b VI_1 MASTER"]);
  });

  test("a reload changes nothing", () => {
    const result = live(cluster(checked(150, -60), checked(100, -60)), 20, "10.4s reload a");
    assert.deepEqual(changesIn(result, 10_000), []);
  });

  test("adverts that are lost make a second master, the more of them the sooner", () => {
    assert.deepEqual(changesIn(live(ranked(150, 100), 60, "10s loss 5%"), 10_000), []);
    assert.ok(changesIn(live(ranked(150, 100), 60, "10s loss 60%"), 10_000).length > 2);
  });
});

describe("links", () => {
  test("a link that is down is FAULT, and the address moves", () => {
    const result = live(ranked(150, 100), 40, "10s link down eth0@a", "20s link up eth0@a");
    assert.deepEqual(changesIn(result, 10_000), [
      ...["a VI_1 FAULT", "b VI_1 MASTER", "a VI_1 BACKUP", "a VI_1 MASTER", "b VI_1 BACKUP"],
    ]);
  });

  test("an own link that is not tracked makes a second master whom nobody reaches", () => {
    const of = cluster({ instances: [{ config: { priority: 150 }, tracksOwnLink: false }] }, {});
    const [verdict] = live(of, 20, "10s link down eth0@a").verdicts;
    const [finding] = verdict?.findings ?? [];
    assert.equal(finding?.outcome, "split");
    assert.match(finding?.reason ?? "", /a does not track its link/);
  });

  test("another link counts as it is tracked: a fault, or a weight", () => {
    const of = (weight: number) => {
      const eth1 = { kind: "interface", name: "eth1", weight, isReverse: false } as const;
      return cluster({ instances: [{ config: { priority: 150 }, trackers: [eth1] }] }, {});
    };
    const told = (weight: number) =>
      changesIn(live(of(weight), 20, "10s link down eth1@a"), 10_000);
    assert.deepEqual(told(0), ["a VI_1 FAULT", "b VI_1 MASTER"]);
    assert.deepEqual(told(-60), ["b VI_1 MASTER", "a VI_1 BACKUP"]);
    assert.deepEqual(told(-40), []);
  });
});

describe("checks", () => {
  test("a failure counts after fall results, and recovery after rise", () => {
    const slow = { ...checked(150, -60), scripts: [{ name: "chk", fall: 3, rise: 2 }] };
    const { timeline } = live(cluster(slow, {}), 40, "9.5s fail chk@a", "20.5s recover chk@a");
    const told = timeline.flatMap((entry) =>
      entry.kind === "tracked" && entry.node === "a" ? [`${entry.atMs} ${entry.state}`] : [],
    );
    assert.deepEqual(told, ["0 up", "12000 down", "22000 up"]);
  });

  test("without a weight nobody starts before the first result, and a failed one is FAULT", () => {
    const slow = { ...checked(150, 0), scripts: [{ name: "chk", takesMs: 500 }] };
    const { timeline } = live(cluster(slow), 5);
    const first = timeline.find(({ kind }) => kind === "state");
    assert.equal(first?.atMs, 500);
    const unwell = { ...checked(150, 0), scripts: [{ name: "chk", initFail: true, rise: 3 }] };
    assert.deepEqual(changesIn(live(cluster(unwell), 10)), [
      ...["a VI_1 FAULT", "a VI_1 BACKUP", "a VI_1 MASTER"],
    ]);
  });

  test("a process that is gone and a file's number count like a script", () => {
    const trackers = [
      { kind: "process", name: "nginx", weight: -60, isReverse: false },
      { kind: "file", name: "maint", weight: 1, isReverse: false },
    ] as const;
    const of = cluster(
      {
        watched: ["nginx"],
        files: [{ name: "maint", value: 0 }],
        instances: [{ config: { priority: 150 }, trackers }],
      },
      {},
    );
    const moved = ["b VI_1 MASTER", "a VI_1 BACKUP"];
    assert.deepEqual(changesIn(live(of, 20, "10s fail nginx@a"), 10_000), moved);
    assert.deepEqual(changesIn(live(of, 20, "10s set maint@a -51"), 10_000), moved);
    assert.deepEqual(changesIn(live(of, 20, "10s set maint@a -50"), 10_000), []);
    assert.deepEqual(changesIn(live(of, 20, "10s set maint@a -254"), 10_000), [
      ...["a VI_1 FAULT", "b VI_1 MASTER"],
    ]);
  });
});

describe("settings", () => {
  test("nopreempt leaves the address where it went, preempt_delay for that long", () => {
    const back = (config: InstanceWish["config"]) =>
      live(
        cluster({ instances: [{ config: { priority: 150, ...config } }] }, {}),
        60,
        "10s crash a",
        "20s start a",
      );
    const returned = back({});
    assert.deepEqual(returned.addresses[0]?.holders, ["a"]);
    const kept = back({ preempt: false });
    assert.deepEqual(kept.addresses[0]?.holders, ["b"]);
    const delayed = back({ preemptDelayMs: 20_000 });
    const [, wait] = delayed.verdicts.map(({ findings }) => findings[0]?.afterMs ?? 0);
    assert.ok((wait ?? 0) > 20_000 && (wait ?? 0) < 25_000, `${wait}`);
  });

  test("an owner takes over at once, and a startup delay holds it back", () => {
    const firstMs = (config: InstanceWish["config"]) =>
      live(cluster({ instances: [{ config: { priority: 255, ...config } }] }), 20).addresses[0]
        ?.firstHeldMs;
    assert.equal(firstMs({}), 0);
    assert.equal(firstMs({ startupDelayMs: 7000 }), 7000);
  });

  test("peers that are named hear each other, and one that is not named is not believed", () => {
    const node = (priority: number, ...peers: string[]): NodeWish => ({
      instances: [{ config: { priority }, reach: peersOf(...peers) }],
    });
    const both = live(cluster(node(150, "10.0.0.2"), node(100, "10.0.0.1")), 20);
    assert.deepEqual(both.addresses[0]?.holders, ["a"]);
    const unnamed = cluster(node(150, "10.0.0.2"), node(100, "10.0.0.9"));
    const result = live(unnamed, 20, "10s reload a");
    assert.deepEqual(result.addresses[0]?.holders, ["a", "b"]);
    assert.match(result.verdicts[0]?.findings[0]?.reason ?? "", /b rejects adverts: not-a-peer/);
  });

  test("version 2 with another interval or password makes two masters, and says why", () => {
    const of = (mine: InstanceWish, other: InstanceWish) => {
      const config = { version: 2, priority: 150 } as const;
      return cluster(
        { instances: [{ ...mine, config: { ...config, ...mine.config } }] },
        { instances: [{ ...other, config: { ...config, priority: 100, ...other.config } }] },
      );
    };
    const reasonOf = (mine: InstanceWish, other: InstanceWish) =>
      live(of(mine, other), 30, "20s reload a").verdicts[0]?.findings[0]?.reason;
    assert.match(reasonOf({ config: { adverIntervalMs: 2000 } }, {}) ?? "", /wrong-interval/);
    assert.match(reasonOf({ authPass: "one" }, { authPass: "two" }) ?? "", /wrong-password/);
    assert.equal(reasonOf({ authPass: "one" }, { authPass: "one" }), "150 > 100");
  });

  test("instances of two LANs or of two VRIDs have nothing to do with each other", () => {
    const apart = cluster({ instances: [{ lan: "left" }] }, { instances: [{ lan: "right" }] });
    assert.deepEqual(live(apart, 10).addresses[0]?.holders, ["a", "b"]);
    const other = cluster({}, { instances: [{ config: { vrid: 99 }, vips: ["10.0.0.101"] }] });
    assert.deepEqual(
      live(other, 10).addresses.map(({ holders }) => holders),
      [["a"], ["b"]],
    );
  });

  test("IPv6 adverts go their way as well", () => {
    const node = (priority: number, source: string): NodeWish => ({
      instances: [
        {
          config: { priority },
          source: ip(source),
          vips: ["fd00::100"],
          reach: { kind: "group", group: ip("ff02::12") },
        },
      ],
    });
    const result = live(cluster(node(100, "fe80::1"), node(100, "fe80::2")), 10);
    assert.deepEqual(result.addresses[0]?.holders, ["b"], "the higher address wins a tie");
  });
});

describe("sync groups", () => {
  test("a fault of one member takes all of them along, and back", () => {
    const tracking = { trackers: [scriptTracker("chk", 0)] };
    const of = cluster(grouped(150, tracking, { scripts: [{ name: "chk" }] }), grouped(100));
    const result = live(of, 40, "10s fail chk@a", "20s recover chk@a");
    const a = changesIn(result, 10_000).filter((change) => change.startsWith("a "));
    assert.deepEqual(a, [
      ...["a VI_1 FAULT", "a VI_2 FAULT", "a VI_1 BACKUP", "a VI_2 BACKUP"],
      ...["a VI_1 MASTER", "a VI_2 MASTER"],
    ]);
    assert.deepEqual(
      result.addresses.map(({ holders }) => holders),
      [["a"], ["a"]],
    );
  });

  test("a member that would be MASTER waits for one that would not", () => {
    const strong = grouped(100, { config: { priority: 200 } });
    const result = live(cluster(strong, grouped(150)), 20);
    assert.deepEqual(
      result.addresses.map(({ holders }) => holders),
      [["b"], ["b"]],
      "VI_2 of a is weaker than that of b",
    );
    const alone = cluster({ ...strong, syncGroups: [] }, { ...grouped(150), syncGroups: [] });
    assert.deepEqual(
      live(alone, 20).addresses.map(({ holders }) => holders),
      [["a"], ["b"]],
    );
  });

  test("when one MASTER yields the others do too", () => {
    const strong: NodeWish = {
      instances: [
        { config: { priority: 200 } },
        { name: "VI_2", vips: ["10.0.0.101"], config: { vrid: 52 } },
      ],
    };
    const result = live(cluster(grouped(150), strong), 30, "0s stop b", "10s start b");
    const yielded = changesIn(result, 10_000).filter((change) => change.startsWith("a "));
    assert.deepEqual(yielded.slice(0, 2), ["a VI_1 BACKUP", "a VI_2 BACKUP"]);
  });
});
