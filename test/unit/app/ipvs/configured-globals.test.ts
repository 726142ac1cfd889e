/** What global_defs says of IPVS as a whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { syncDaemonsOf, timeoutsOf } from "../../../../src/app/ipvs/configured-globals.ts";
import { effective } from "../../../support/effective.ts";

const globals = (inside: string) => effective(`global_defs {; ${inside}; }`).vrrp.globals;

test("of each timeout the last one counts, and one that is not written stays", () => {
  assert.equal(timeoutsOf(globals("")), null);
  assert.equal(timeoutsOf(globals("lvs_timeouts tcp 0")), null);
  const written = globals("lvs_timeouts tcp 5 udp 6; lvs_timeouts tcp 7");
  assert.deepEqual(timeoutsOf(written), { tcpS: 7, tcpFinS: 0, udpS: 6 });
});

test("a sync daemon of each role, with the id of others where none is written", () => {
  const { value } = globals(
    "lvs_sync_daemon eth0 maxlen 1200 port 9 ttl 3 group 224.0.0.9",
  ).lvs_sync_daemon;
  assert.ok(value);
  const more = { maxBytes: 1200, port: 9, ttl: 3, group: Uint8Array.of(224, 0, 0, 9) };
  assert.deepEqual(syncDaemonsOf(value, 5), [
    { role: "master", ifName: "eth0", syncId: 5, ...more },
    { role: "backup", ifName: "eth0", syncId: 5, ...more },
  ]);
  const { value: own } = globals("lvs_sync_daemon eth0 id 8").lvs_sync_daemon;
  assert.deepEqual(
    own && syncDaemonsOf(own, 5).map(({ syncId, group, port }) => [syncId, group, port]),
    [
      [8, null, 0],
      [8, null, 0],
    ],
  );
});
