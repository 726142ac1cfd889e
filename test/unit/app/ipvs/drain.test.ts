import assert from "node:assert/strict";
import { test } from "node:test";
import { type DrainRequest, drainServer } from "../../../../src/app/ipvs/drain.ts";
import { IpvsKernel } from "../../../../src/app/ipvs/kernel.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { IPVS_COMMANDS } from "../../../../src/core/netlink/ipvs.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";
import { ip } from "../../../support/packets.ts";

const [WEB, TLS] = [serviceAt("tcp 192.0.2.1:80"), serviceAt("tcp 192.0.2.1:443")];

/** Two services with the server 10.0.0.1, the first with another one too. */
function balancer(): FakePorts {
  const ports = new FakePorts();
  const server = destinationTo("10.0.0.1:80", { weight: 5, upperThreshold: 9 });
  ports.ipvs.add(WEB, server, destinationTo("10.0.0.2:80"));
  ports.ipvs.add(TLS, destinationTo("10.0.0.1:443", { weight: 2 }));
  return ports;
}

function drain(ports: FakePorts, changes: Partial<DrainRequest> = {}) {
  const stop = new AbortController();
  const told: string[] = [];
  const request = {
    server: { ip: ip("10.0.0.1"), port: null },
    isMeant: () => true,
    timeoutMs: 10_000,
    force: false,
    ...changes,
  };
  const witness = {
    onBegin: (targets: readonly unknown[]) => void told.push(`begin ${targets.length}`),
    onReadings: () => {},
    onLetGo: ({ server }: { server: string }, why: string) => void told.push(`${server} ${why}`),
  };
  return { told, stop, ended: drainServer(request, ports, witness, stop.signal) };
}

/** `10.0.0.1:80 weight 5`, of all services. */
const weights = (ports: FakePorts): string[] =>
  new IpvsKernel(ports)
    .read()
    .flatMap(({ destinations }) =>
      destinations.map(
        ({ destination: { ip: at, port, weight } }) => `${at.join(".")}:${port} weight ${weight}`,
      ),
    );

const BEFORE = ["10.0.0.1:80 weight 5", "10.0.0.2:80 weight 1", "10.0.0.1:443 weight 2"];

test("its weight is 0 as long as it has connections, then it is gone, and other servers stay", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 1 });
  const { ended } = drain(ports);
  await ports.clock.pass(3000);
  assert.deepEqual(weights(ports), [
    "10.0.0.1:80 weight 0",
    "10.0.0.2:80 weight 1",
    "10.0.0.1:443 weight 0",
  ]);
  ports.ipvs.count(0, { activeConnections: 0 });
  assert.equal(await ports.clock.passUntil(ended), "drained");
  assert.deepEqual(weights(ports), ["10.0.0.2:80 weight 1"]);
});

test("only the port and the services that are meant are drained", async () => {
  const ports = balancer();
  const { ended } = drain(ports, { isMeant: (id) => id.by === "address" && id.port === 443 });
  assert.equal(await ports.clock.passUntil(ended), "drained");
  assert.deepEqual(weights(ports), ["10.0.0.1:80 weight 5", "10.0.0.2:80 weight 1"]);
});

test("an interruption gives the weight back, and leaves what another has set beside it", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 1 });
  const { ended, stop } = drain(ports);
  await ports.clock.pass(1000);
  ports.ipvs.remove(WEB.id, destinationTo("10.0.0.1:80"));
  ports.ipvs.remove(WEB.id);
  ports.ipvs.add(WEB, destinationTo("10.0.0.1:80", { weight: 0, upperThreshold: 7 }));
  stop.abort();
  assert.equal(await ended, "interrupted");
  assert.deepEqual(new IpvsKernel(ports).table().get("tcp 192.0.2.1:80")?.destinations, [
    destinationTo("10.0.0.1:80", { weight: 5, upperThreshold: 7 }),
  ]);
});

test("a service that another process removes takes its destination along, which is told", async () => {
  const ports = balancer();
  ports.ipvs.count(0, { activeConnections: 1 });
  const { ended, told } = drain(ports);
  await ports.clock.pass(1000);
  ports.ipvs.remove(WEB.id);
  assert.equal(await ports.clock.passUntil(ended), "drained");
  assert.deepEqual(told, ["begin 2", "10.0.0.1:80 gone"]);
});

test("where nothing has the server that is told, and nothing is changed", async () => {
  const ports = balancer();
  const server = { ip: ip("10.0.0.1"), port: 81 };
  await assert.rejects(drain(ports, { server }).ended, { code: "no-server" });
  assert.deepEqual(weights(ports), BEFORE);
});

for (const command of [IPVS_COMMANDS.setDestination, IPVS_COMMANDS.deleteDestination]) {
  test(`a refusal of command ${command} is thrown, and the weights are as before`, async () => {
    const ports = balancer();
    ports.ipvs.refusals.set(command, "EPERM");
    const { ended, told } = drain(ports);
    await assert.rejects(
      ports.clock.passUntil(ended),
      (error) => error instanceof SystemError && error.code === "EPERM",
    );
    assert.deepEqual(weights(ports), BEFORE);
    assert.deepEqual(told, command === IPVS_COMMANDS.setDestination ? [] : ["begin 2"]);
  });
}
