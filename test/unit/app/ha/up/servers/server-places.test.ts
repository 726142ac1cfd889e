/** Names of real servers, looked up again and again in virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerPlaces } from "../../../../../../src/app/ha/up/servers/server-places.ts";
import { formatIp } from "../../../../../../src/core/addr.ts";
import type { ResolveName } from "../../../../../../src/io/ports.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { ip } from "../../../../../support/packets.ts";

function follow(names: readonly string[], resolveName?: ResolveName) {
  const ports = new FakePorts();
  const told: string[][] = [];
  const troubles: string[] = [];
  const places = new ServerPlaces(
    names.map((name, index) => ({ ip: ip(`10.0.1.${index + 1}`), name })),
    { clock: ports.clock, resolveName: resolveName ?? ports.resolveName },
    {
      onPlaces: (all) =>
        void told.push(all.map(({ name, ips }) => `${name} ${ips.map(formatIp).join(" ")}`)),
      onTrouble: (text) => void troubles.push(text),
    },
  );
  const at = (name: string, ...ips: string[]): void => void ports.net.names.set(name, ips);
  return { ports, places, told, troubles, at };
}

test("without names all is known at once, and nothing is looked up", () => {
  const { ports, places, told } = follow([]);
  places.start();
  assert.deepEqual(told, [[]]);
  assert.equal(ports.clock.pending, 0);
});

test("all names once, then each 30 s, and each change", async () => {
  const { ports, places, told, troubles, at } = follow(["a.test", "b.test"]);
  at("a.test", "10.0.2.2", "10.0.2.1");
  at("b.test", "10.0.1.2");
  places.start();
  await ports.clock.pass(0);
  assert.deepEqual(told, [["a.test 10.0.2.1 10.0.2.2"]], "b.test is where the file has it");
  at("a.test", "10.0.2.1", "10.0.2.2");
  await ports.clock.pass(30_000);
  assert.equal(told.length, 1, "the same in another order");
  at("b.test", "10.0.2.9");
  await ports.clock.pass(29_999);
  assert.equal(told.length, 1);
  await ports.clock.pass(1);
  assert.deepEqual(told[1], ["a.test 10.0.2.1 10.0.2.2", "b.test 10.0.2.9"]);
  assert.deepEqual(troubles, [
    "real server 10.0.1.1 (a.test) is at 10.0.2.1, 10.0.2.2 now",
    "real server 10.0.1.2 (b.test) is at 10.0.2.9 now",
  ]);
  places.close();
  assert.equal(ports.clock.pending, 0);
});

test("a name without an answer stays where it was, and that is told once", async () => {
  const { ports, places, told, troubles, at } = follow(["a.test"]);
  places.start();
  await ports.clock.pass(30_000);
  assert.deepEqual(told, [[]], "the file says where");
  assert.deepEqual(troubles, ["real server 10.0.1.1 (a.test): no such name; it stays at 10.0.1.1"]);
  at("a.test", "10.0.2.1");
  await ports.clock.pass(30_000);
  ports.net.names.clear();
  await ports.clock.pass(90_000);
  assert.deepEqual(told.slice(1), [["a.test 10.0.2.1"]]);
  assert.match(troubles.slice(2).join(), /^real server .*; it stays at 10\.0\.2\.1$/);
  places.close();
});

test("a look-up that hangs is given up after 5 s, and one at the end is not waited for", async () => {
  const hanging: ResolveName = (_name, _family, signal) =>
    new Promise((_resolve, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason)),
    );
  const { ports, places, told, troubles } = follow(["a.test"], hanging);
  places.start();
  await ports.clock.pass(4999);
  assert.deepEqual(told, []);
  await ports.clock.pass(1);
  assert.deepEqual(told, [[]]);
  assert.match(troubles.join(), /no answer within 5 s; it stays at 10\.0\.1\.1$/);
  await ports.clock.pass(30_000);
  places.close();
  await ports.clock.pass(0);
  assert.deepEqual([told.length, troubles.length, ports.clock.pending], [1, 1, 0]);
});

test("of a name with very many addresses the first 16 are taken", async () => {
  const { ports, places, told, at } = follow(["a.test"]);
  at("a.test", ...Array.from({ length: 200 }, (_, n) => `10.0.2.${n + 1}`));
  places.start();
  await ports.clock.pass(0);
  assert.match(told[0]?.[0] ?? "", /^a\.test 10\.0\.2\.1 .* 10\.0\.2\.16$/);
  places.close();
});
