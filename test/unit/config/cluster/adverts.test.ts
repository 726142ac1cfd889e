/** What adverts say of themselves is alike on all nodes; who differs is told with both places. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clustered } from "../../../support/cluster.ts";
import { instance } from "../../../support/effective.ts";

const MASTER = "state MASTER; priority 150";
const BACKUP = "state BACKUP; priority 100";
const [A, B] = [instance(MASTER), instance(BACKUP)];
const DISCARDED = "each discards the adverts of the other, and both become MASTER";
const UNHEARD = "none hears the other, and both become MASTER";

test("nothing is found in a master and its backup, three nodes, two that are master of each other's", () => {
  assert.deepEqual(clustered([A, B]), []);
  assert.deepEqual(clustered([A, B, instance("state BACKUP; priority 50")]), []);
  const crosswise = [
    `${instance(MASTER, "v", 5)}; ${instance(BACKUP, "w", 6, "10.0.0.6")}`,
    `${instance(BACKUP, "v", 5)}; ${instance(MASTER, "w", 6, "10.0.0.6")}`,
  ];
  assert.deepEqual(clustered(crosswise), []);
  assert.deepEqual(clustered([A]), []);
});

/** What the first node has, what the second one has, and what is found. */
const CASES: readonly (readonly [a: string, b: string, found: string])[] = [
  [
    "version 2",
    "version 3",
    `b.conf:6:9 vk701 vrrp_instance v has version 3, but version 2 in a.conf: ${DISCARDED} (a.conf:6:9 version 2 here)`,
  ],
  [
    "advert_int 1",
    "advert_int 2",
    `b.conf:6:12 vk721 vrrp_instance v has advert_int 2s, but advert_int 1s in a.conf: ${DISCARDED} (a.conf:6:12 advert_int 1s here)`,
  ],
  [
    "version 3",
    "version 3; advert_int 0.5",
    "b.conf:7:12 vk703 vrrp_instance v has advert_int 0.5s, but advert_int 1s in a.conf: how soon a failure is noticed depends on who is MASTER (a.conf:1:15 advert_int 1s here)",
  ],
  [
    "",
    "mcast_dst_ip 224.0.0.19",
    `b.conf:6:14 vk708 vrrp_instance v has group 224.0.0.19, but group 224.0.0.18 in a.conf: ${UNHEARD} (a.conf:1:15 group 224.0.0.18 here)`,
  ],
  [
    "",
    "unicast_peer {; 10.0.0.1; }",
    `b.conf:7:1 vk709 vrrp_instance v has unicast peers, but multicast in a.conf: ${DISCARDED} (a.conf:1:15 multicast here)`,
  ],
  [
    "version 3; v3_checksum_as_v2",
    "version 3",
    `b.conf:1:15 vk711 vrrp_instance v has v3_checksum_as_v2 off, but v3_checksum_as_v2 on in a.conf: ${DISCARDED} (a.conf:7:1 v3_checksum_as_v2 on here)`,
  ],
];

test("version, interval, group, unicast or not, and checksum are compared", () => {
  for (const [a, b, found] of CASES) {
    const texts = [instance(`${MASTER}; ${a}`), instance(`${BACKUP}; ${b}`)];
    assert.deepEqual(clustered(texts), [found]);
  }
  const v2 = [instance(`${MASTER}; v3_checksum_as_v2`), B];
  assert.deepEqual(clustered(v2), [], "version 2 has one checksum alone");
});

test("the one that differs from most is told, whichever file it is", () => {
  const odd = instance(`${MASTER}; version 3`);
  const third = instance("state BACKUP; priority 50");
  const found = clustered([odd, B, third]);
  assert.deepEqual(found, [
    `a.conf:6:9 vk701 vrrp_instance v has version 3, but version 2 in b.conf: ${DISCARDED} (b.conf:1:15 version 2 here)`,
  ]);
});

test("instances of the same name or addresses should have the same number", () => {
  const told = (name: string, there: string): string =>
    `b.conf:3:19 vk702 vrrp_instance ${name} has virtual_router_id 6, but virtual_router_id 5 in ${there}: ${UNHEARD} (a.conf:3:19 virtual_router_id 5 here)`;
  assert.deepEqual(clustered([A, instance(BACKUP, "v", 6)]), [told("v", "a.conf")]);
  const otherName = instance(BACKUP, "w", 6);
  assert.deepEqual(clustered([A, otherName]), [told("w", "a.conf (vrrp_instance v)")]);
});
