import assert from "node:assert/strict";
import { test } from "node:test";
import { findGateway, findLink, listLinks, listRoutes, readLink } from "../../../src/app/rtnl.ts";
import { RTM } from "../../../src/core/netlink/rtnl.ts";
import type { NetlinkSocket } from "../../../src/io/ports.ts";
import { FakePorts } from "../../support/fake-ports.ts";

/** A kernel that knows eth0 and eth10. */
function host() {
  const { kernel, openNetlink } = new FakePorts();
  kernel.setLink({ ifIndex: 3, name: "eth10" });
  return { kernel, netlink: openNetlink(0) };
}

test("who names an interface that is not there is told which was perhaps meant", () => {
  const { netlink } = host();
  assert.equal(readLink(netlink, "eth1"), undefined);
  assert.throws(() => findLink(netlink, "eth1"), /no such interface \(did you mean eth/);
  assert.equal(findLink(netlink, "eth10").ifIndex, 3);
});

test("a refusal is no absence", () => {
  const { kernel, netlink } = host();
  kernel.refusals.set(18, "EPERM"); // RTM_GETLINK
  assert.throws(() => readLink(netlink, "eth0"), { code: "EPERM" });
  kernel.refusals.set(26, "EPERM"); // RTM_GETROUTE
  assert.throws(() => listRoutes(netlink, { family: 4, protocol: 2 }), { code: "EPERM" });
  assert.throws(() => findGateway(netlink, 4, 2), { code: "EPERM" });
  kernel.refusals.set(26, "ENOENT"); // no such table
  assert.deepEqual(listRoutes(netlink, { family: 4, table: 99, protocol: 2 }), []);
  for (const code of ["ENETUNREACH", "EACCES"]) {
    kernel.refusals.set(26, code);
    assert.equal(findGateway(netlink, 4, 2), null);
  }
});

test("an answer that cannot be understood is not left out", () => {
  const answering = (body: Uint8Array): NetlinkSocket => ({
    transact: () => [{ messages: [{ type: RTM.newLink, body }] }],
    close: () => {},
  });
  assert.throws(() => listLinks(answering(new Uint8Array(3))), { code: "bad-answer" });
  const ofOtherFamily = new Uint8Array(12).fill(0xff, 0, 1);
  const routes = { family: 4, protocol: 2 } as const;
  assert.deepEqual(listRoutes(answering(ofOtherFamily), routes), []);
});
