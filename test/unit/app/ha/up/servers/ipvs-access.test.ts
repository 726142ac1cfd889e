import assert from "node:assert/strict";
import { test } from "node:test";
import { IpvsAccess } from "../../../../../../src/app/ha/up/servers/ipvs-access.ts";
import { SystemError } from "../../../../../../src/core/errors.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";

function accessed(work: () => void = () => {}) {
  const ports = new FakePorts();
  const told: string[] = [];
  let worked = 0;
  const access = new IpvsAccess(
    ports,
    () => {
      worked += 1;
      work();
    },
    (text) => told.push(text),
  );
  return { ports, told, access, worked: () => worked };
}

test("IPVS that is not there is told once, asked for again, and told when it comes", async () => {
  const { ports, told, access, worked } = accessed();
  ports.ipvs.isThere = false;
  access.begin();
  await ports.clock.pass(30_000);
  assert.equal(told.length, 1);
  assert.match(told[0] ?? "", /all else goes on: .*modprobe ip_vs/);
  assert.match(access.trouble ?? "", /modprobe ip_vs/);
  assert.equal(worked(), 0);
  ports.ipvs.isThere = true;
  await ports.clock.pass(10_000);
  assert.deepEqual(
    [told.at(-1), access.trouble, worked() > 0],
    ["IPVS is there now, and set", null, true],
  );
  access.close();
  assert.equal(ports.clock.pending, 0);
});

test("a refusal is told once, and again when it had gone well in between", () => {
  const { told, access } = accessed();
  const refusal = new SystemError("ipvs add-service", "tcp 192.0.2.1:80", "ENOENT");
  access.refused(refusal);
  access.refused(refusal);
  assert.equal(told.length, 1);
  access.went("tcp 192.0.2.1:80");
  access.refused(refusal);
  assert.equal(told.length, 2);
});

test("who may not set IPVS is told what is needed, and what is a bug of ours is none of the kernel", () => {
  const { told, access } = accessed(() => {
    throw new SystemError("ipvs add-service", "x", "EPERM");
  });
  access.begin();
  assert.match(told[0] ?? "", /needs CAP_NET_ADMIN/);
  access.close();
  const broken = accessed(() => {
    throw new TypeError("a bug");
  });
  assert.throws(() => broken.access.begin(), TypeError);
});
