import assert from "node:assert/strict";
import { test } from "node:test";
import { joinGroups } from "../../../../src/app/vrrp/wire-groups.ts";
import { SystemError } from "../../../../src/core/errors.ts";
import type { IpSocketOptions } from "../../../../src/io/ports.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const ETH0 = { name: "eth0", ifIndex: 2 };

test("both families are joined, or the one that was asked for; closing leaves", () => {
  const ports = new FakePorts();
  const both = joinGroups(ETH0, undefined, ports);
  assert.deepEqual(ports.joined, ["eth0 224.0.0.18", "eth0 ff02::12"]);
  for (const one of both) one.close();
  assert.deepEqual(ports.joined, []);
  joinGroups(ETH0, 4, ports);
  assert.deepEqual(ports.joined, ["eth0 224.0.0.18"]);
});

/** Refuses one family with this code. */
const refusing = (family: 4 | 6, code: string) => {
  const ports = new FakePorts();
  return {
    ports,
    openIpSocket: (options: IpSocketOptions) => {
      if (options.family === family) throw new SystemError("socket", "eth0", code);
      return ports.openIpSocket(options);
    },
  };
};

test("an interface may be without one family, unless that was asked for", () => {
  const outside = refusing(6, "ENODEV");
  joinGroups(ETH0, undefined, outside);
  assert.deepEqual(outside.ports.joined, ["eth0 224.0.0.18"]);
  assert.throws(() => joinGroups(ETH0, 6, outside), { code: "ENODEV" });
});

test("without permission there is no group at all", () => {
  assert.throws(() => joinGroups(ETH0, undefined, refusing(6, "EPERM")), { code: "EPERM" });
});
