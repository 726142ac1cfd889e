import assert from "node:assert/strict";
import { test } from "node:test";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { ownedAfter, planSync, sync } from "../../../../src/app/ipvs/sync.ts";
import { IPVS_COMMANDS } from "../../../../src/core/netlink/ipvs.ts";
import { serviceKey, tableOf } from "../../../../src/proto/ipvs/table.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt, serviceId } from "../../../support/ipvs.ts";

const [WEB, MAIL, OTHER] = [
  serviceAt("tcp 192.0.2.1:80"),
  serviceAt("tcp 192.0.2.1:25"),
  serviceAt("tcp 192.0.2.9:443"),
] as const;
const target = (
  ...services: Parameters<typeof tableOf>[0] extends Iterable<infer S> ? S[] : never
) => ({
  table: tableOf(services),
  timeouts: null,
  daemons: null,
});
const nothing = async (): Promise<void> => {};

test("a service that nobody wants stays where others have made it, and goes where we have or all is pruned", () => {
  const ports = new FakePorts();
  ports.ipvs.add(MAIL);
  ports.ipvs.add(OTHER);
  const kernel = new IpvsKernel(ports);
  const wish = { target: target(), owned: new Set([serviceKey(MAIL.id)]), prunes: false };
  const { steps, foreign } = planSync(kernel, wish);
  assert.deepEqual(steps, [{ kind: "delete-service", service: MAIL }]);
  assert.deepEqual(foreign, ["tcp 192.0.2.9:443"]);
  assert.equal(planSync(kernel, { ...wish, prunes: true }).steps.length, 2);
});

test("what another program deletes between reading and writing is no failure", async () => {
  const ports = new FakePorts();
  ports.ipvs.add(WEB, destinationTo("10.0.0.1:80"));
  const wish = {
    target: target({ service: WEB, destinations: [destinationTo("10.0.0.1:80", { weight: 2 })] }),
    owned: new Set<string>(),
    prunes: false,
  };
  let isFirst = true;
  const { refused, done } = await sync(new IpvsKernel(ports), wish, async () => {
    if (isFirst) ports.ipvs.remove(WEB.id);
    isFirst = false;
  });
  assert.deepEqual(refused, []);
  assert.deepEqual(
    done.map(({ kind }) => kind),
    ["add-service", "add-destination"],
  );
});

test("who is never faster gives up, and tells it", async () => {
  const ports = new FakePorts();
  const wish = {
    target: target({ service: WEB, destinations: [] }),
    owned: new Set<string>(),
    prunes: false,
  };
  ports.ipvs.refusals.set(IPVS_COMMANDS.newService, "EEXIST");
  const { refused } = await sync(new IpvsKernel(ports), wish, nothing);
  assert.match(String(refused[0]?.error), /another program changes IPVS at the same time/);
  assert.equal(ports.ipvs.commands.length, 0);
});

test("timeouts and sync daemons follow, and what is not said stays", async () => {
  const ports = new FakePorts();
  const daemon = {
    ...{ role: "master" as const, ifName: "eth0", syncId: 7 },
    ...{ maxBytes: 0, group: null, port: 0, ttl: 0 },
  } as const;
  const wish = {
    target: { ...target(), timeouts: { tcpS: 60, tcpFinS: 0, udpS: 0 }, daemons: [daemon] },
    owned: new Set<string>(),
    prunes: false,
  };
  const kernel = new IpvsKernel(ports);
  const { done } = await sync(kernel, wish, nothing);
  assert.deepEqual(
    done.map(({ kind }) => kind),
    ["set-timeouts", "start-daemon"],
  );
  assert.deepEqual(ports.ipvs.timeouts, { tcpS: 60, tcpFinS: 120, udpS: 300 });
  assert.deepEqual(planSync(kernel, wish).steps, []);
});

test("what was made is owned from then on, what is deleted no more, whoever did it", () => {
  const owned = ownedAfter(new Set([serviceKey(MAIL.id), serviceKey(OTHER.id)]), {
    lost: [serviceKey(OTHER.id)],
    done: [
      { kind: "add-service", service: WEB },
      { kind: "delete-service", service: MAIL },
      {
        kind: "add-destination",
        id: serviceId("tcp 192.0.2.9:443"),
        destination: destinationTo("10.0.0.1:443"),
      },
    ],
  });
  assert.deepEqual([...owned], ["tcp 192.0.2.1:80"]);
});
