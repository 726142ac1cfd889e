/** Static addresses with what their words say, and what is usual where they say nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { staticsOf } from "../../../../../../src/app/ha/up/plan/statics-of.ts";
import { formatCidr } from "../../../../../../src/core/addr.ts";
import { SCOPES } from "../../../../../../src/core/netlink/rtnl.ts";
import { effective, instance } from "../../../../../support/effective.ts";

function statics(text: string) {
  const { configuration, vrrp } = effective(text);
  const notes: string[] = [];
  return { planned: staticsOf(configuration, vrrp, (one) => notes.push(one)), notes };
}

test("an address without dev is on eth0, without scope as the kernel would have it", () => {
  const { planned, notes } = statics(
    `static_ipaddress {; 10.9.0.1/24; 10.9.1.1/24 dev eth1 scope link label eth1:x; fe80::9/64; }`,
  );
  assert.deepEqual(
    planned.addresses.map((one) => [formatCidr(one), one.ifName, one.label, one.scope]),
    [
      ["10.9.0.1/24", "eth0", null, SCOPES.global],
      ["10.9.1.1/24", "eth1", "eth1:x", SCOPES.link],
      ["fe80::9/64", "eth0", null, SCOPES.link],
    ],
  );
  assert.deepEqual(notes, []);
});

test("a network is promoted on once, however many instances say so, and none that has no interface", () => {
  const { planned } = statics(
    [
      instance("promote_secondaries"),
      instance("promote_secondaries", "w", 6, "10.0.0.6"),
      instance("", "x", 7, "10.0.0.7").replace("interface eth0", "interface eth1"),
    ].join("; "),
  );
  assert.deepEqual(planned.promoting, ["eth0"]);
});

test("several blocks add up, and what is left out of one is told as static", () => {
  const { planned, notes } = statics(`static_routes {; 10.8.0.0/16 dev eth1; }
    static_routes {; 10.7.0.0/16 dev eth1 table no-such-table; 10.6.0.0/16 dev eth1; }`);
  assert.deepEqual(
    planned.routing.routes.map(({ destination }) => formatCidr(destination)),
    ["10.8.0.0/16", "10.6.0.0/16"],
  );
  assert.match(notes.join(), /^static: route to 10\.7\.0\.0\/16 is left out: .*no-such-table/);
});
