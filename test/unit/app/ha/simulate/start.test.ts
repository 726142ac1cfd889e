import assert from "node:assert/strict";
import { test } from "node:test";
import { splitsAtStart } from "../../../../../src/app/ha/simulate/start.ts";
import { ip } from "../../../../support/packets.ts";
import { cluster, type InstanceWish, ranked } from "../../../../support/simulated.ts";

const splitOf = (a: InstanceWish, b: InstanceWish): string =>
  splitsAtStart(cluster({ instances: [a] }, { instances: [b] }))
    .map(({ masters, instances, reason }) => `${masters.join("+")} ${instances}: ${reason}`)
    .join("; ");

test("a cluster of one MASTER is not split", () => {
  assert.deepEqual(splitsAtStart(ranked(150, 100, 50)), []);
});

test("who rejects adverts is named with the reason", () => {
  assert.equal(
    splitOf({ reach: { kind: "group", group: ip("224.0.0.99") } }, {}),
    "a+b VI_1: a rejects adverts: wrong-destination, b rejects adverts: wrong-destination",
  );
});

test("where no advert arrives, what they have different is named", () => {
  const peers = [{ ip: ip("10.0.0.9"), minTtl: 0, maxTtl: 255 }];
  assert.equal(
    splitOf({}, { reach: { kind: "peers", peers } }),
    "a+b VI_1: a sends to 224.0.0.18, b sends to 10.0.0.9",
  );
  assert.equal(splitOf({ lan: "eth0" }, { lan: "eth1" }), "a+b VI_1: a is on eth0, b is on eth1");
});

test("two numbers of one address are a split", () => {
  assert.equal(
    splitOf({ config: { vrid: 51 } }, { config: { vrid: 52 } }),
    "a+b VI_1: a has virtual_router_id 51 for 10.0.0.100, b has virtual_router_id 52 for 10.0.0.100",
  );
  assert.equal(splitOf({ config: { vrid: 51 } }, { config: { vrid: 52 }, vips: ["10.0.0.9"] }), "");
});

test("an address that each node has on two links is not one", () => {
  const twice = ["VI_1", "VI_2"].map((name, at) => ({
    name,
    config: { vrid: at + 1 },
    lan: name,
  }));
  assert.deepEqual(splitsAtStart(cluster({ instances: twice }, { instances: twice })), []);
});

test("addresses that two nodes give each other's numbers are a split where they have one each", () => {
  const crossed = (first: number, second: number, ...vips: string[]) => ({
    instances: vips.map((vip, at) => ({
      name: `VI_${at + 1}`,
      vips: [vip],
      config: { vrid: at + 1, priority: at === 0 ? first : second },
    })),
  });
  const [one, two] = ["10.0.0.100", "10.0.0.101"];
  const b = crossed(100, 150, two, one);
  const reason = `a has virtual_router_id 1 for ${one}, b has virtual_router_id 2 for ${one}`;
  assert.deepEqual(splitsAtStart(cluster(crossed(150, 100, one, two), b)), [
    { instances: ["VI_1", "VI_2"], masters: ["a", "b"], reason },
  ]);
  assert.deepEqual(splitsAtStart(cluster(crossed(200, 200, one, two), b)), [], "a has both");
  assert.deepEqual(splitsAtStart(cluster(crossed(150, 100, two, one), b)), []);
});

test("virtual routers that are split alike are told once", () => {
  const some = (authPass: string) =>
    [1, 2].map((vrid) => ({
      name: `VI_${vrid}`,
      vips: [`10.0.1.${vrid}`],
      config: { vrid, version: 2 as const },
      authPass,
    }));
  const splits = splitsAtStart(cluster({ instances: some("x") }, { instances: some("y") }));
  assert.deepEqual(
    splits.map(({ instances }) => instances),
    [["VI_1", "VI_2"]],
  );
});
