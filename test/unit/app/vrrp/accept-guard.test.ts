import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptsPackets, guardAddresses } from "../../../../src/app/vrrp/accept-guard.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import { FakePorts } from "../../../support/fake-ports.ts";
import { FakeRun } from "../../../support/fake-run.ts";
import { vip, vrrpConfig, vrrpInstance } from "../../../support/vrrp.ts";

const SHUT = vrrpInstance({ accept: false });
const TABLE = "vipkit-eth0-51-ipv4";

test("there is one rule for each address, and two for neighbours of IPv6", () => {
  const ports = new FakePorts();
  const vips = [vip("fe80::100/64"), vip("fd00::100/64")];
  guardAddresses({ ...SHUT, family: 6, vips }, ports);
  assert.deepEqual([...ports.tables], [["vipkit-eth0-51-ipv6", 4]]);
  guardAddresses({ ...SHUT, excludedVips: [vip("10.9.9.9/32")] }, ports);
  assert.equal(ports.tables.get(TABLE), 2);
});

test("where packets are accepted, and for an owner always, no filter is opened", () => {
  const ports = new FakePorts();
  const before = ports.open;
  const owner = { ...SHUT, config: vrrpConfig({ priority: 255 }) };
  guardAddresses(vrrpInstance(), ports).close();
  guardAddresses(owner, ports).close();
  assert.deepEqual([ports.open, ports.tables.size], [before, 0]);
  assert.deepEqual([SHUT, owner, vrrpInstance()].map(acceptsPackets), [false, true, true]);
});

test("a kernel that knows no owners of tables is asked without, and the table goes at the end", () => {
  const ports = new FakePorts();
  ports.filterRefusals.push("EINVAL");
  const before = ports.open;
  const guard = guardAddresses(SHUT, ports);
  assert.equal(ports.tables.get(TABLE), 1);
  guard.close();
  assert.deepEqual([ports.open, ports.tables.size], [before, 0]);
});

test("what the kernel refuses is thrown, with nothing left open", () => {
  const ports = new FakePorts();
  const before = ports.open;
  ports.filterRefusals.push("EOPNOTSUPP", "EOPNOTSUPP");
  assert.throws(
    () => guardAddresses(SHUT, ports),
    (error) => error instanceof SystemError && error.code === "EOPNOTSUPP",
  );
  assert.equal(ports.open, before);
});

test("the filter is there before the first address and until the last is gone", async () => {
  const run = new FakeRun({ accept: false });
  const seen: boolean[] = [];
  run.ports.watchNetlink([], () => {
    seen.push(run.ports.tables.has(TABLE));
  });
  await run.pass(5000);
  assert.ok(run.addresses.includes("10.0.0.100/24"));
  run.urgent.abort();
  await run.pass(0);
  assert.ok(seen.length >= 2, "an address came and went");
  assert.ok(seen[0]);
  assert.deepEqual([run.addresses.includes("10.0.0.100/24"), run.ports.tables.size], [false, 0]);
});
