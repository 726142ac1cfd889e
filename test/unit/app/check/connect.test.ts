import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../../../src/app/check/attempt.ts";
import { type ConnectPlan, connect } from "../../../../src/app/check/connect.ts";
import { formatIp } from "../../../../src/core/addr.ts";
import type { PortTarget } from "../../../../src/proto/check/targets.ts";
import { good } from "../../../support/checks.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { FakeNet, quietStream } from "../../../support/fake-net.ts";
import { ip } from "../../../support/packets.ts";

const PLAN: ConnectPlan = {
  source: null,
  ifName: null,
  mark: null,
  family: undefined,
  firstOnly: false,
};
const WEB: PortTarget = { host: "web", ip: null, port: 80 };

/** What came of connecting to `web`, which has the addresses of the given ports, in 1 s. */
async function connected(
  ports: Readonly<Record<string, string>>,
  plan: Partial<ConnectPlan> = {},
  target = WEB,
) {
  const [net, clock] = [new FakeNet(), new FakeClock()];
  net.names.set("web", Object.keys(ports));
  for (const [address, what] of Object.entries(ports))
    net.ports.set(`${address}:80`, what === "open" ? quietStream() : what);
  const prober = {
    nameOf: () => "web",
    probe: async (_: PortTarget, run: Parameters<typeof connect>[2]) => {
      await connect(target, { ...PLAN, ...plan }, run, net);
      return good;
    },
    close: () => {},
  };
  const asked = attempt(prober, target, 1000, clock, new AbortController().signal);
  await clock.pass(1000);
  const { class: code, address, phase, totalMs, detail } = await asked;
  return { told: `${code} ${address} ${phase}`, totalMs, detail, net, clock };
}

test("addresses are asked one after the other until one lets us in", async () => {
  const { told, net } = await connected({
    "10.0.0.1": "ECONNREFUSED",
    "10.0.0.2": "open",
    "10.0.0.3": "open",
  });
  assert.equal(told, "L4OK 10.0.0.2 null");
  assert.deepEqual(
    net.connected.map((one) => formatIp(one.ip)),
    ["10.0.0.1", "10.0.0.2"],
  );
});

test("a silent address does not hide the one behind it", async () => {
  const { told, totalMs, clock } = await connected({ "10.0.0.1": "silent", "10.0.0.2": "open" });
  assert.deepEqual([told, totalMs], ["L4OK 10.0.0.2 null", 500]);
  assert.equal(clock.pending, 0);
});

test("with --first none but the first is asked, for the whole time", async () => {
  const { told, totalMs } = await connected(
    { "10.0.0.1": "silent", "10.0.0.2": "open" },
    { firstOnly: true },
  );
  assert.deepEqual([told, totalMs], ["L4TOUT 10.0.0.1 connect", 1000]);
});

test("what the service says counts before what we could not ask, in any order", async () => {
  for (const ports of [
    { "10.0.0.1": "ECONNREFUSED", "fd00::1": "ENETUNREACH" },
    { "fd00::1": "ENETUNREACH", "10.0.0.1": "ECONNREFUSED" },
  ])
    assert.match((await connected(ports)).told, /^L4CON /);
  const silent = await connected({ "10.0.0.1": "silent", "fd00::1": "ENETUNREACH" });
  assert.match(silent.told, /^L4TOUT /);
  assert.match((await connected({ "fd00::1": "ENETUNREACH" })).told, /^SOCKERR /);
});

test("a name that has no address leads nobody to the service", async () => {
  assert.equal((await connected({})).told, "L4CON null dns");
});

test("an address is not looked up, and leaves as it was wanted", async () => {
  const target = { host: "10.0.0.7", ip: ip("10.0.0.7"), port: 80 };
  const { told, net } = await connected({}, { ifName: "eth0", mark: 3 }, target);
  assert.equal(told, "L4CON 10.0.0.7 connect");
  assert.deepEqual([net.connected[0]?.ifName, net.connected[0]?.mark], ["eth0", 3]);
});

test("an address of the other family is not asked: it is said what it clashes with", async () => {
  const target = { host: "10.0.0.7", ip: ip("10.0.0.7"), port: 80 };
  for (const [plan, words] of [
    [{ source: ip("2001:db8::5") }, /10\.0\.0\.7: IPv4, but --source 2001:db8::5 is IPv6/],
    [{ family: 6 }, /10\.0\.0\.7: IPv4, but -6 is wanted/],
  ] as const) {
    const { told, detail, net } = await connected({}, plan, target);
    assert.match(told, /^SOCKERR /);
    assert.match(detail, words);
    assert.deepEqual(net.connected, []);
  }
});

test("a link-local address leaves by its zone, else by -I, and by nothing else", async () => {
  const target = { host: "fe80::1", ip: ip("fe80::1"), port: 80 };
  const zoned = { ...target, zone: "eth1" };
  const leftBy = async (plan: Partial<ConnectPlan>, whom: PortTarget) =>
    (await connected({}, plan, whom)).net.connected[0]?.ifName;
  assert.equal(await leftBy({ ifName: "eth0" }, target), "eth0");
  assert.equal(await leftBy({ ifName: "eth0" }, zoned), "eth1");
  assert.match((await connected({}, {}, target)).detail, /with -I or as fe80::1%eth0/);
});
