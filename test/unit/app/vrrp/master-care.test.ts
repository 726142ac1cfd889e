/** What looks on while a router is MASTER: begun once for each place, and never in its way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readLink } from "../../../../src/app/rtnl.ts";
import type { VrrpEvent } from "../../../../src/app/vrrp/events.ts";
import type { VrrpInstance } from "../../../../src/app/vrrp/instance.ts";
import { MasterCare } from "../../../../src/app/vrrp/master-care.ts";
import type { Place } from "../../../../src/app/vrrp/place.ts";
import { Teller } from "../../../../src/app/vrrp/teller.ts";
import { RTM } from "../../../../src/core/netlink/rtnl.ts";
import { addRoute } from "../../../../src/core/netlink/rtnl-route.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { claimFrame } from "../../../support/foreign.ts";
import { sorted } from "../../../support/notified.ts";
import { ip } from "../../../support/packets.ts";
import { vip, vrrpInstance } from "../../../support/vrrp.ts";
import { sentText } from "../../../support/wire-text.ts";

/** @param gateway of the host */
function caring(changes: Partial<VrrpInstance> = {}, gateway: string | null = "10.0.0.254") {
  const ports = new FakePorts();
  const { transact, close } = ports.openNetlink(0);
  const destination = { ip: ip("198.51.100.1"), prefixLength: 32 };
  const route = { destination, ifIndex: 2, gateway: gateway === null ? null : ip(gateway) };
  const netlink: ReturnType<FakePorts["openNetlink"]> = {
    transact: (requests) =>
      requests[0]?.type === RTM.getRoute
        ? [{ messages: [{ type: RTM.newRoute, body: addRoute(route).body }] }]
        : transact(requests),
    close,
  };
  const before = ports.open;
  const events: VrrpEvent[] = [];
  const emit = (event: VrrpEvent): void => void events.push(event);
  const announced: number[] = [];
  const means = {
    teller: new Teller(ports.clock, emit),
    emit,
    announce: () => void announced.push(ports.clock.nowMs()),
  };
  const care = new MasterCare(() => vrrpInstance(changes), ports, netlink, means);
  const link = readLink(netlink, "eth0") ?? assert.fail("no eth0");
  const place = (): Place => ({ link, mac: link.mac, source: ip("10.0.0.1") });
  /** Whom it asks for a MAC address from a virtual one. */
  const askedFrom = (vip: string): string[] =>
    ports.sent
      .splice(0)
      .map(sentText)
      .flatMap((text) => {
        const [, whom = "", from] = /who-has (\S+) tell (\S+)$/.exec(text) ?? [];
        return from === vip ? [whom] : [];
      });
  return { ports, care, place, events, announced, askedFrom, opened: () => ports.open - before };
}

test("at one place it begins once, at another anew, and at none it ends", async () => {
  const { ports, care, place, announced, opened } = caring({ verify: [] });
  const conflicts = (): number => care.conflicts(ports.clock.nowMs()).length;
  const here = place();
  care.follow(here);
  await ports.clock.pass(0);
  const begun = opened();
  for (let n = 0; n < 3; n++) {
    ports.receiveFrame(claimFrame("10.0.0.100", "02:00:00:00:00:03"));
    await ports.clock.pass(300);
  }
  assert.deepEqual([announced.length, conflicts()], [1, 1]);
  care.follow(here);
  assert.deepEqual([opened(), conflicts()], [begun, 1]);
  care.follow(undefined);
  assert.deepEqual([opened(), conflicts(), care.verified], [0, 0, []]);
  care.follow(here);
  await ports.clock.pass(0);
  assert.deepEqual([opened(), conflicts()], [begun, 0]);
  care.follow(place());
  await ports.clock.pass(0);
  assert.equal(opened(), begun);
});

test("it begins behind what was due before, and not at all where the router is MASTER no more", async () => {
  const { ports, care, place, events } = caring({ verify: null });
  const { clock } = ports;
  ports.refuseOpen = "EMFILE"; // so that it is told when it begins
  care.follow(place());
  care.follow(undefined);
  await clock.pass(0);
  assert.equal(events.length, 0);
  const before: number[] = [];
  clock.at(clock.nowMs() + 10, () => void before.push(events.length));
  clock.freeze(20); // that is late now
  care.follow(place());
  await clock.pass(0);
  assert.deepEqual([before, events.length], [[0], 1]);
});

test("the gateway and those who were named are asked from the first address of the family", async () => {
  const vips = [vip("fd00::100/64"), vip("10.0.0.100/24"), vip("10.0.0.101/24")];
  const { ports, care, place, askedFrom } = caring({ verify: [ip("10.0.0.9")], vips });
  care.follow(place());
  await ports.clock.pass(10);
  assert.deepEqual(sorted(askedFrom("10.0.0.100")), ["10.0.0.254", "10.0.0.9"]);
});

test("nobody is asked twice, nor we ourselves, nor anybody where that was not wished", async () => {
  const asked = async (changes: Partial<VrrpInstance>, gateway: string | null) => {
    const { ports, care, place, askedFrom, opened } = caring(changes, gateway);
    care.follow(place());
    await ports.clock.pass(0);
    const sockets = opened();
    await ports.clock.pass(10);
    return [sockets, ...askedFrom("10.0.0.100")];
  };
  const [nobody = 0] = await asked({ verify: null }, "10.0.0.254");
  const [somebody, ...hosts] = await asked({ verify: [] }, "10.0.0.254");
  assert.deepEqual(hosts, ["10.0.0.254"]);
  assert.ok(somebody !== nobody);
  assert.deepEqual(await asked({ verify: [ip("10.0.0.9")] }, "10.0.0.9"), [somebody, "10.0.0.9"]);
  assert.deepEqual(await asked({ verify: [] }, "10.0.0.100"), [nobody]);
  assert.deepEqual(await asked({ verify: [] }, null), [nobody]);
  assert.deepEqual(await asked({ verify: [], vips: [vip("fd00::100/64")] }, "10.0.0.254"), [
    nobody,
  ]);
});

test("sockets that are refused are told, and nothing else comes of it", async () => {
  const { ports, care, place, events, opened } = caring({ verify: [] });
  ports.refuseOpen = "EMFILE";
  care.follow(place());
  await ports.clock.pass(0);
  assert.deepEqual(
    events.map(({ type }) => type),
    ["trouble"],
  );
  assert.deepEqual([care.conflicts(0), care.verified, opened()], [[], [], 0]);
});
