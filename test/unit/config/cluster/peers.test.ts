/** Each node names all others as its unicast peers, by the addresses that they send from. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clustered } from "../../../support/cluster.ts";
import { hostOf, instance } from "../../../support/effective.ts";

const node = (priority: number, peers: string, source = ""): string =>
  instance(`priority ${priority}; unicast_peer {; ${peers}; }; ${source}`);
const from = (ip: string): string => `unicast_src_ip ${ip}`;

test("peers that name each other are as they should be", () => {
  const a = node(150, "10.0.0.2", from("10.0.0.1"));
  assert.deepEqual(clustered([a, node(100, "10.0.0.1", from("10.0.0.2"))]), []);
  assert.deepEqual(clustered([a, node(100, "10.0.0.1", "mcast_src_ip 10.0.0.2")]), []);
  assert.deepEqual(clustered([node(150, "10.0.0.2"), node(100, "10.0.0.1")]), []);
});

test("one that is not named is told, by the address that is written or that of its host", () => {
  const b = node(100, "10.0.0.1", from("10.0.0.2"));
  const message =
    "a.conf:6:1 vk710 unicast_peer of vrrp_instance v does not name 10.0.0.2 of b.conf: no adverts go there";
  assert.deepEqual(clustered([node(150, "10.0.0.3", from("10.0.0.1")), b]), [
    `${message} (b.conf:8:16 the address of the other node)`,
  ]);
  const hosts = [hostOf({ eth0: "10.0.0.1/24" }), hostOf({ eth0: "10.0.0.2/24 fe80::2/64" })];
  assert.deepEqual(clustered([node(150, "10.0.0.3"), node(100, "10.0.0.1")], hosts), [
    `${message} (b.conf:1:15 the address of the other node)`,
  ]);
});

test("of nodes whose addresses are not known the number is", () => {
  const three = [
    node(150, "10.0.0.2"),
    node(100, "10.0.0.1; 10.0.0.3"),
    node(50, "10.0.0.1; 10.0.0.2"),
  ];
  assert.deepEqual(clustered(three), [
    "a.conf:6:1 vk710 unicast_peer of vrrp_instance v names 1 of 2 other nodes (b.conf:1:15 one of them, of unknown address)",
  ]);
});

test("of three the one with a wrong source is told, not those that name the right one", () => {
  const three = (second: string, third = "10.0.0.1; 10.0.0.2"): string[] => [
    node(150, "10.0.0.2; 10.0.0.3", from("10.0.0.1")),
    node(100, "10.0.0.1; 10.0.0.3", from(second)),
    node(50, third, from("10.0.0.3")),
  ];
  assert.deepEqual(clustered(three("10.0.0.9")), [
    "b.conf:9:16 vk710 adverts of vrrp_instance v come from 10.0.0.9, which no other node names in unicast_peer: nothing goes there (a.conf:6:1 the peers of another node, c.conf:6:1 the peers of another node)",
  ]);
  assert.deepEqual(clustered(three("10.0.0.2")), []);
  const told = clustered(three("10.0.0.9", "10.0.0.1")).map((line) => line.slice(0, 6));
  assert.deepEqual(told, ["a.conf", "c.conf"], "a node that names fewer may have forgotten it");
});
