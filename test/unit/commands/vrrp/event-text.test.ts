import assert from "node:assert/strict";
import { test } from "node:test";
import { eventRecord } from "../../../../src/app/vrrp/event-record.ts";
import type { VrrpEvent, VrrpTransition } from "../../../../src/app/vrrp/events.ts";
import { eventDetail, eventLine } from "../../../../src/commands/vrrp/event-text.ts";
import { CALM, vrrpInstance } from "../../../support/vrrp.ts";

const transition = (cause: VrrpTransition["cause"]): VrrpTransition => ({
  type: "transition",
  from: "backup",
  to: "master",
  priority: 100,
  cause,
  circumstances: CALM,
});
const record = (event: VrrpEvent): object =>
  eventRecord(event, vrrpInstance(), 7, 1_700_000_000_000);
const HEAD = {
  seq: 7,
  ts: "2023-11-14T22:13:20.000Z",
  instance: "VI_1",
  interface: "eth0",
  vrid: 51,
  family: "ipv4",
};

test("every cause of a transition is told with its margins, as a line and in the record", () => {
  const timeout = {
    kind: "advert-timeout",
    last: "10.0.0.2",
    ageMs: 3610,
    limitMs: 3609.375,
  } as const;
  const peer = { source: "10.0.0.2", priority: 90 };
  const cases: readonly (readonly [VrrpTransition["cause"], line: string, record: object])[] = [
    [{ kind: "started" }, "started", { kind: "started" }],
    [{ kind: "stopped" }, "stopped", { kind: "stopped" }],
    [{ kind: "fault-cleared" }, "fault-cleared", { kind: "fault-cleared" }],
    [{ kind: "owner" }, "owner", { kind: "owner" }],
    [
      { kind: "fault", faults: ["link-down", "no-source-address"] },
      "fault faults=link-down,no-source-address",
      { kind: "fault", faults: ["link-down", "no-source-address"] },
    ],
    [
      timeout,
      "advert-timeout last=10.0.0.2 age=3.61s limit=3.609s",
      { kind: "advert-timeout", last: "10.0.0.2", age_ms: 3610, limit_ms: 3609.375 },
    ],
    [
      { ...timeout, last: null },
      "advert-timeout last=none age=3.61s limit=3.609s",
      { kind: "advert-timeout", last: null, age_ms: 3610, limit_ms: 3609.375 },
    ],
    [
      { kind: "overslept", silentMs: 8200, limitMs: 3007.8125 },
      "overslept silent=8.2s limit=3.008s",
      { kind: "overslept", silent_ms: 8200, limit_ms: 3007.8125 },
    ],
    [
      { kind: "addresses-refused", reason: "address add 10.0.0.100/24: no (EINVAL)" },
      "addresses-refused reason=address add 10.0.0.100/24: no (EINVAL)",
      { kind: "addresses-refused", reason: "address add 10.0.0.100/24: no (EINVAL)" },
    ],
    [
      { kind: "addresses-taken", address: "10.0.0.100", times: 11, withinMs: 410 },
      "addresses-taken address=10.0.0.100 times=11 within=0.41s",
      { kind: "addresses-taken", address: "10.0.0.100", times: 11, within_ms: 410 },
    ],
    [
      { kind: "peer-resigned", source: "10.0.0.2" },
      "peer-resigned source=10.0.0.2",
      { kind: "peer-resigned", source: "10.0.0.2" },
    ],
    ...(["preempt", "higher-priority", "tie-lost", "owner-stays"] as const).map(
      (kind) =>
        [{ kind, ...peer }, `${kind} source=10.0.0.2 priority=90`, { kind, ...peer }] as const,
    ),
    [{ kind: "released", to: null }, "released to=nobody", { kind: "released", to: null }],
    [
      { kind: "released", to: "10.0.0.2" },
      "released to=10.0.0.2",
      { kind: "released", to: "10.0.0.2" },
    ],
  ];
  for (const [cause, line, inRecord] of cases) {
    assert.equal(eventLine(transition(cause)), `BACKUP -> MASTER  cause=${line}`);
    assert.deepEqual(record(transition(cause)), {
      type: "transition",
      ...HEAD,
      from: "backup",
      to: "master",
      priority: 100,
      cause: inRecord,
      vips: ["10.0.0.100/24"],
      last_advert: null,
      link: { up: true, running: true, age_ms: 60_000 },
      late_ms: 0,
      worst_late_ms: 0,
      suspects: [],
    });
  }
});

test("a rejected advert is told with reason, sender and number", () => {
  const said = { type: "advert-rejected", reason: "bad-checksum", source: "10.0.0.2" } as const;
  const event = { ...said, heard: null, ours: null, isMistake: false } as const;
  assert.equal(
    eventLine({ ...event, count: 1 }),
    "advert rejected  reason=bad-checksum source=10.0.0.2",
  );
  assert.equal(
    eventLine({ ...event, count: 12 }),
    "advert rejected  reason=bad-checksum source=10.0.0.2 (12 times)",
  );
  const inRecord = { ...HEAD, ...said, heard: null, ours: null, count: 12 };
  assert.deepEqual(record({ ...event, count: 12 }), inRecord);
});

test("a setting in which two routers differ is told with both values", () => {
  const event = {
    type: "advert-rejected",
    reason: "wrong-interval",
    source: "10.0.0.2",
    heard: "2s",
    ours: "1s",
    count: 1,
    isMistake: true,
  } as const;
  const line = "advert rejected  reason=wrong-interval source=10.0.0.2 heard=2s ours=1s";
  assert.equal(eventLine(event), line);
  const differing = { ...event, reason: "address-list-differs", heard: null, ours: null };
  assert.equal(
    eventLine(differing),
    "advert accepted  reason=address-list-differs source=10.0.0.2",
  );
});

test("a stall is told with its length", () => {
  const stall = { type: "stall", durationMs: 2100, count: 1 } as const;
  assert.equal(eventLine(stall), "stall 2.1s");
  assert.equal(eventLine({ ...stall, count: 3 }), "stall 2.1s (3 times)");
  assert.deepEqual(record(stall), { ...HEAD, type: "stall", duration_ms: 2100, count: 1 });
});

test("words of the kernel or of a hook cannot command a terminal", () => {
  for (const type of ["notice", "trouble"] as const) {
    assert.equal(eventLine({ type, text: "a\u001b[2Jb\nc" }), "a\\x1b[2Jb\\nc");
    assert.deepEqual(record({ type, text: "a" }), { ...HEAD, type, text: "a" });
  }
});

test("what else was so at a transition is a line of its own", () => {
  const event = transition({ kind: "started" });
  assert.equal(eventDetail(event), "no advert heard; link up for 1m, timers 0s late, at most 0s");
  const circumstances = {
    heard: { source: "10.0.0.2", priority: 200, intervalMs: 1000, ageMs: 3610 },
    link: { up: true, running: false, ageMs: 250 },
    lateMs: 3,
    worstLateMs: 2100,
    suspects: ["dhclient", "NetworkManager"],
  };
  assert.equal(
    eventDetail({ ...event, circumstances }),
    "last advert 10.0.0.2 priority 200 every 1s, 3.61s ago; link without carrier for 0.25s, " +
      "timers 0.003s late, at most 2.1s; taken perhaps by dhclient, NetworkManager",
  );
  assert.equal(eventDetail({ type: "priority", from: 100, to: 90 }), undefined);
});

test("another priority is told with the one before", () => {
  const event = { type: "priority", from: 100, to: 90 } as const;
  assert.equal(eventLine(event), "priority 100 -> 90");
  assert.deepEqual(record(event), { ...HEAD, type: "priority", from: 100, to: 90 });
});

test("a conflict is told with both MAC addresses, and at its end how long it lasted", () => {
  const claims = {
    kind: "address-conflict",
    vip: "10.0.0.100",
    source: null,
    mac: "02:00:00:00:00:03",
    sinceMs: 1000,
    lastMs: 3500,
    count: 4,
  } as const;
  const ourMac = "02:00:00:00:00:01";
  const begun = {
    type: "conflict",
    state: "begun",
    conflict: claims,
    ourMac,
    priority: 9,
  } as const;
  const macs = "theirs=02:00:00:00:00:03 ours=02:00:00:00:00:01";
  assert.equal(eventLine(begun), `conflict begun  kind=address-conflict vip=10.0.0.100 ${macs}`);
  const conflict = { ...claims, kind: "second-master", vip: null, source: "10.0.0.3" } as const;
  assert.equal(
    eventLine({ ...begun, state: "ended", conflict }),
    `conflict ended  kind=second-master source=10.0.0.3 ${macs} lasted=2.5s count=4`,
  );
  assert.deepEqual(record(begun), {
    type: "conflict",
    ...HEAD,
    state: "begun",
    kind: "address-conflict",
    vip: "10.0.0.100",
    source: null,
    mac: "02:00:00:00:00:03",
    our_mac: ourMac,
    lasted_ms: 2500,
    count: 4,
  });
});
