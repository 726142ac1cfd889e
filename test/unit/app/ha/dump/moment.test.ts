/** How a router is at a moment, in keepalived's counters. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { momentWithout, STATISTICS } from "../../../../../src/app/ha/dump/moment.ts";
import { moment } from "../../../../support/dump-plan.ts";

test("rejections are counted as keepalived sorts them", () => {
  const adverts_rejected = {
    short: 1,
    trailing: 2,
    "wrong-interval": 4,
    "ttl-not-255": 8,
    "bad-type": 16,
    "wrong-auth-type": 32,
    "wrong-password": 64,
    "hmac-replayed": 128,
    "not-a-peer": 256, // keepalived drops it without counting
  };
  const { statistics } = moment({}, { adverts_rejected, address_lists_differing: 5 });
  const counted = Object.entries(statistics).filter(([, count]) => count > 0);
  assert.deepEqual(Object.fromEntries(counted), {
    packet_len_err: 3,
    advert_interval_err: 4,
    ip_ttl_err: 8,
    invalid_type_rcvd: 16,
    authtype_mismatch: 32,
    auth_failure: 64,
    auth_ext_replay: 128,
    addr_list_err: 5,
  });
});

test("a master is somebody else whom it hears, with the interval that it advertised", () => {
  const peer = { address: "10.0.0.2", configured: false, priority: 200, interval_ms: 500 };
  const master = { address: "10.0.0.2", priority: 200, advert_age_ms: 3 };
  const peers = [{ ...peer, adverts: 1, advert_age_ms: 3 }];
  const heard = moment({ master: { ...master, here: false }, peers });
  assert.deepEqual(
    [heard.master, heard.masterPriority, heard.masterIntervalMs],
    ["10.0.0.2", 200, 500],
  );
  const own = moment({ state: "master", master: { ...master, here: true } });
  assert.deepEqual([own.master, own.masterPriority, own.masterIntervalMs], [null, 0, null]);
});

test("time, points and faults come from its status", () => {
  const terms = [
    { name: "a", points: 5 },
    { name: "b", points: -7 },
  ];
  const faults = ["tracked-down", "interface-gone"] as const;
  const now = moment({ terms, faults, tracked_faults: ["chk", "x"] });
  assert.deepEqual([now.sinceMs, now.points, now.faults], [7500, -2, 3]);
});

test("of a router that does not answer nothing was counted", () => {
  const { state, priority, faults, statistics } = momentWithout("fault", 90);
  assert.deepEqual([state, priority, faults], ["fault", 90, 1]);
  assert.deepEqual(Object.keys(statistics), [...STATISTICS]);
  assert.equal(Object.values(statistics).join(""), "0".repeat(STATISTICS.length));
});
