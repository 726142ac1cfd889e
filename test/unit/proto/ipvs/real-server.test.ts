/** The port of a server behind a service. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpvsForwarding } from "../../../../src/core/netlink/ipvs-destination.ts";
import { destinationIn } from "../../../../src/proto/ipvs/real-server.ts";

const [ip, vip] = [Uint8Array.of(10, 0, 0, 2), Uint8Array.of(10, 0, 0, 1)];
const service = { by: "address", protocol: "tcp", ip: vip, port: 80 } as const;
const mark = { by: "fwmark", mark: 5, family: 4 } as const;
const behind = (forwarding: IpvsForwarding) => ({
  ...{ ip, port: 8080, forwarding },
  ...{ upperThreshold: 0, lowerThreshold: 0 },
});

test("its own where addresses are translated, else that of the service", () => {
  const [masq, direct] = [behind({ by: "masq" }), behind({ by: "direct" })];
  assert.deepEqual(destinationIn(service, masq, 3), { ...masq, weight: 3 });
  assert.equal(destinationIn(service, direct, 3).port, 80);
  assert.equal(destinationIn(mark, masq, 3).port, 8080);
  assert.equal(destinationIn(mark, direct, 3).port, 0);
});
