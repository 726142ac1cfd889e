/** Several files as one cluster: who hears whom, and from which addresses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterOf } from "../../../../../src/app/ha/simulate/cluster-of.ts";
import { formatIp } from "../../../../../src/core/addr.ts";
import { effective, instance } from "../../../../support/effective.ts";
import { live } from "../../../../support/simulated.ts";

const planned = (...texts: readonly string[]) =>
  clusterOf(texts.map((text, at) => ({ name: "abc"[at] as string, vrrp: effective(text).vrrp })));

const placesOf = (...texts: readonly string[]) =>
  planned(...texts).cluster.nodes.map(({ instances }) =>
    instances.map(({ lan, source }) => `${lan} ${formatIp(source)}`.trim()),
  );

const unicast = (peers: readonly string[], more = ""): string =>
  instance(`${more}; unicast_peer {; ${peers.join("; ")}; }`);

test("addresses of hosts are made up: that of a later file is higher", () => {
  assert.deepEqual(placesOf(instance(""), instance("")), [["169.254.0.1"], ["169.254.0.2"]]);
  const ip6 = instance("", "v", 5, "fe80::5:5");
  assert.deepEqual(placesOf(ip6, ip6), [["fe80::1"], ["fe80::2"]]);
  const { addresses } = live(planned(instance(""), instance("")).cluster, 10);
  assert.deepEqual(addresses[0]?.holders, ["b"], "of equal priorities the higher address wins");
});

test("those that are written are taken, of unicast also those that the others name", () => {
  assert.deepEqual(placesOf(instance("mcast_src_ip 10.0.0.1")), [["10.0.0.1"]]);
  const own = unicast(["10.0.0.2"], "unicast_src_ip 10.0.0.1");
  assert.deepEqual(placesOf(own, unicast(["10.0.0.1"])), [["10.0.0.1"], ["10.0.0.2"]]);
  const three = [
    ["2", "3"],
    ["1", "3"],
    ["1", "2"],
  ].map((ends) => unicast(ends.map((end) => `10.0.0.${end}`)));
  assert.deepEqual(placesOf(...three), [["10.0.0.1"], ["10.0.0.2"], ["10.0.0.3"]]);
});

test("one number is one virtual router, unless a node has it twice", () => {
  const other = instance("priority 150").replace("eth0", "ens3");
  const masters = (...texts: string[]) =>
    live(planned(...texts).cluster, 10).addresses.map(({ holders }) => holders);
  assert.deepEqual(masters(other, instance("")), [["a"]]);
  const twice = `${instance("")}; ${instance("", "w", 5, "10.0.0.6").replace("eth0", "eth1")}`;
  assert.deepEqual(placesOf(twice, instance("")), [
    ["eth0 169.254.0.1", "eth1 169.254.0.1"],
    ["eth0 169.254.0.2"],
  ]);
});

test("a stranger is believed by unicast, unless check_unicast_src asks for peers alone", () => {
  const a = unicast(["10.0.0.2"], "unicast_src_ip 10.0.0.1; priority 150");
  const b = (more: string) => unicast(["10.0.0.9"], `unicast_src_ip 10.0.0.2; ${more}`);
  const holders = (more: string) => live(planned(a, b(more)).cluster, 10).addresses[0]?.holders;
  assert.deepEqual(holders(""), ["a"]);
  assert.deepEqual(holders("check_unicast_src"), ["a", "b"]);
});

test("what stays in FAULT takes no part, nor do the others of its sync group", () => {
  const faulty = instance("unicast_fault_no_peer");
  const group = "vrrp_sync_group G {; group {; v; w; }; }";
  const { cluster, notes } = planned(`${group}; ${faulty}; ${instance("", "w", 6, "10.0.0.6")}`);
  assert.deepEqual(cluster.nodes[0]?.instances, []);
  assert.deepEqual(
    notes.map((note) => note.split(":")[1]),
    [
      " vrrp_instance v stays in FAULT, and takes no part",
      " vrrp_instance w stays in FAULT, and takes no part",
    ],
  );
});

test("what cannot be simulated is a problem, what is simulated otherwise a note", () => {
  assert.deepEqual(planned(instance("")).problems, []);
  assert.deepEqual(planned("").problems, ["there is no vrrp_instance that takes part"]);
  const ah = instance("authentication {; auth_type AH; auth_pass x; }");
  assert.deepEqual(planned(ah).problems, ["a: v: auth_type AH cannot be simulated"]);
  const bare = instance("no_virtual_ipaddress").replace(/virtual_ipaddress \{.*?\}/, "");
  assert.deepEqual(planned(bare).problems, ["a: v: there is no virtual address"]);
});
