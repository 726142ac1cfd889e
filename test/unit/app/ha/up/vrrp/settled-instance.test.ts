/** What only the process of the routers can say of one: how it signs, and which interface is its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannedKeys } from "../../../../../../src/app/ha/up/plan/plan.ts";
import { settledInstance } from "../../../../../../src/app/ha/up/vrrp/settled-instance.ts";
import type { VrrpInstance } from "../../../../../../src/app/vrrp/instance.ts";
import { RTM } from "../../../../../../src/core/netlink/rtnl.ts";
import { addRoute, getRoute } from "../../../../../../src/core/netlink/rtnl-route.ts";
import type { NetlinkAnswer } from "../../../../../../src/io/ports.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import { plannedRouter } from "../../../../../support/ha-plan.ts";
import { ip } from "../../../../../support/packets.ts";
import { peersOf, vip } from "../../../../../support/vrrp.ts";

const UNREACHABLE = { messages: [], refusal: { code: "ENETUNREACH", detail: "" } };
const TO_PEER = String(getRoute(ip("10.1.0.9")).body);
const PLACELESS = {
  ifName: "",
  vips: [vip("10.0.0.100/24", { ifName: "" }), vip("10.0.0.101/24", { ifName: "eth1" })],
  excludedVips: [vip("10.0.0.102/24", { ifName: "" })],
};

/** On a host with eth0, which has 10.0.0.1, and eth1, which has 10.1.0.1. @param routed the way to 10.1.0.9 */
function settled(
  changes: Partial<VrrpInstance>,
  keys: PlannedKeys | null = null,
  routed: NetlinkAnswer = UNREACHABLE,
) {
  const ports = new FakePorts();
  ports.kernel.setLink({ ifIndex: 3, name: "eth1" });
  ports.kernel.addAddress("10.1.0.1/24", { ifIndex: 3 });
  const { transact, close } = ports.openNetlink(0);
  return settledInstance(plannedRouter(51, changes, { keys }), ports, {
    transact: (requests) => {
      const [request] = requests;
      if (request?.type !== RTM.getRoute) return transact(requests);
      return [String(request.body) === TO_PEER ? routed : UNREACHABLE];
    },
    close,
  });
}

const routeOver = (ifIndex: number): NetlinkAnswer => {
  const destination = { ip: ip("10.1.0.9"), prefixLength: 32 };
  return { messages: [{ type: RTM.newRoute, body: addRoute({ destination, ifIndex }).body }] };
};

test("one that names its interface is left as it is", () => {
  const { ifName, vips, hmac } = settled({ source: ip("10.1.0.1") });
  assert.deepEqual([ifName, vips[0]?.ifName, hmac], ["eth0", "eth0", null]);
});

test("else it is where its source address is, and so are the addresses that name none", () => {
  const { ifName, vips, excludedVips } = settled({ ...PLACELESS, source: ip("10.1.0.1") });
  assert.equal(ifName, "eth1");
  assert.deepEqual(
    [...vips, ...excludedVips].map((one) => one.ifName),
    ["eth1", "eth1", "eth1"],
  );
  const elsewhere = settled({ ...PLACELESS, source: ip("10.0.0.1") });
  assert.deepEqual(
    elsewhere.vips.map((one) => one.ifName),
    ["eth0", "eth1"],
  );
});

test("without a source address it is where the first of its peers is", () => {
  const reach = peersOf("10.1.0.9", "10.0.0.9");
  assert.equal(settled({ ...PLACELESS, reach }, null, routeOver(3)).ifName, "eth1");
});

test("where no interface is its own it cannot take part, and why is told", () => {
  const refused = (changes: Partial<VrrpInstance>, message: RegExp): void =>
    assert.throws(() => settled({ ...PLACELESS, ...changes }), {
      code: "no-interface",
      message,
    });
  refused({ source: ip("10.9.0.1") }, /no interface has its unicast_src_ip 10\.9\.0\.1/);
  refused({ reach: peersOf("10.1.0.9") }, /no route leads to its peers/);
  refused({}, /no route leads to its peers/);
});

test("it signs by its active key, and every key verifies", () => {
  const keys: PlannedKeys = {
    mode: "permissive",
    keys: [1, 2].map((id) => ({ id, secret: new Uint8Array(32).fill(id) })),
    activeId: 2,
    windowMs: 9000,
  };
  const { hmac } = settled({}, keys);
  assert.deepEqual([hmac?.mode, hmac?.windowMs, hmac?.active.id], ["permissive", 9000, 2]);
  const message = Uint8Array.of(1, 2, 3);
  const macs = hmac?.keys.map(({ id, mac }) => `${id} ${mac(message)}`);
  const { hmacSha256 } = new FakePorts();
  assert.deepEqual(
    macs,
    keys.keys.map(({ id, secret }) => `${id} ${hmacSha256(secret, message)}`),
  );
  assert.equal(settled({}, { ...keys, activeId: null }).hmac?.active.id, 1);
});
