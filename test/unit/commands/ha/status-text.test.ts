/** The screen of ha status: each line by what it is made of, and what is coloured. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  ChildRecord,
  HaStatusRecord,
  RouterStatusRecord,
  TrackerRecord,
} from "../../../../src/app/ha/up/parent/status.ts";
import { haStatusLines } from "../../../../src/commands/ha/status-text.ts";
import { MARKED } from "../../../support/cli.ts";

const ROUTER = {
  instance: "VI_1",
  interface: "eth0",
  vrid: 51,
  state: "master",
  state_age_ms: 5000,
  priority: 100,
  configured_priority: 100,
  faults: [],
  master: { address: "10.0.0.1", priority: 100, advert_age_ms: 100, here: true },
  vips: [{ address: "10.0.0.100/24", interface: "eth0", advertised: true, present: true }],
  terms: [],
  tracked_faults: [],
  trackers: [],
} as unknown as RouterStatusRecord;
const TRACKER: TrackerRecord = {
  kind: "script",
  name: "chk",
  state: "up",
  age_ms: null,
  took_ms: null,
  detail: null,
  output: null,
};
const CHILD: ChildRecord = {
  role: "vrrp",
  pid: 7,
  beat_age_ms: 50,
  restarts: 0,
  late_ms: 2,
  worst_late_ms: 9,
};

/** Behind the first line, which tells of the process itself. */
function lines(changes: Partial<HaStatusRecord>): string[] {
  const record: HaStatusRecord = {
    pid: 4711,
    uptime_ms: 90_000,
    file: "/etc/ha.conf",
    maintenance: null,
    instances: [],
    unanswered: [],
    groups: [],
    trackers: [],
    services: [],
    ipvs_trouble: null,
    children: [],
    ...changes,
  };
  const [head, ...rest] = haStatusLines(record, MARKED);
  assert.equal(head, "/etc/ha.conf  process 4711, up 1m30s");
  return rest;
}
const router = (changes: Partial<RouterStatusRecord>) =>
  lines({ instances: [{ ...ROUTER, ...changes }] });
const tracker = (changes: Partial<TrackerRecord>) =>
  lines({ trackers: [{ ...TRACKER, ...changes }] });
const child = (changes: Partial<ChildRecord>) => lines({ children: [{ ...CHILD, ...changes }] });

test("a router has its state in its colour, and its addresses with how many are there", () => {
  assert.deepEqual(router({}), [
    "VI_1  <green>MASTER</green> for 5s  priority 100  vrid 51 on eth0",
    "  master here priority 100  vips 1/1: 10.0.0.100/24",
  ]);
  const [vip] = ROUTER.vips;
  const backup = router({
    state: "backup",
    master: { address: "10.0.0.2", priority: 150, advert_age_ms: 100, here: false },
    vips: vip === undefined ? [] : [vip, { ...vip, address: "10.0.0.101/24", present: false }],
  });
  assert.deepEqual(backup, [
    "VI_1  <yellow>BACKUP</yellow> for 5s  priority 100  vrid 51 on eth0",
    "  master 10.0.0.2 priority 150  vips 1/2: 10.0.0.100/24, 10.0.0.101/24",
  ]);
});

test("a priority is told with all that it is made of", () => {
  const terms = [
    { name: "chk", points: -10 },
    { name: "eth1", points: 5 },
  ];
  const [line] = router({ priority: 95, terms });
  assert.match(line ?? "", / {2}priority 95 = 100 -10 chk \+5 eth1 {2}/);
});

test("faults are told with what is down, and that no master is heard", () => {
  const faulty = router({
    state: "fault",
    faults: ["link-down"],
    tracked_faults: ["chk"],
    master: null,
  });
  assert.deepEqual(faulty.slice(1), [
    "  no master heard  vips 1/1: 10.0.0.100/24",
    "<red>  faults link-down, chk is down</red>",
  ]);
  assert.match(faulty[0] ?? "", /<red>FAULT<\/red>/);
});

test("groups and routers that are not known for sure are told as that", () => {
  const told = lines({
    unanswered: ["VI_2"],
    groups: [
      { group: "VG", state: "master", members: ["VI_1", "VI_3"] },
      { group: "VH", state: null, members: ["VI_2"] },
    ],
  });
  assert.equal(told[0]?.includes("does not answer"), true);
  assert.deepEqual(told.slice(1), ["group VG  MASTER  VI_1, VI_3", "group VH  not together  VI_2"]);
});

test("what is tracked has its last result and the last line of what it said", () => {
  assert.deepEqual(tracker({}), ["script chk  up"]);
  const ran = { age_ms: 400, detail: "exit status 1", output: "first\nconnection refused\n\n" };
  assert.deepEqual(tracker({ state: "down", ...ran }), [
    "script chk  <red>down</red>  exit status 1, 0.4s ago: connection refused",
  ]);
  assert.deepEqual(tracker({ ...ran, output: " \n" }), ["script chk  up  exit status 1, 0.4s ago"]);
});

test("a process has its beats, and how often and how late it was", () => {
  assert.deepEqual(child({}), [
    "process vrrp  7, beat 0.05s ago, 0 restarts, loop 0.002s late, at most 0.009s",
  ]);
  assert.deepEqual(child({ pid: null, beat_age_ms: null, late_ms: null, restarts: 1 }), [
    "process vrrp  none, no beat yet, 1 restart, at most 0.009s",
  ]);
});

test("maintenance is told before all routers", () => {
  const maintenance = { since: "S", until: null, ends_in_ms: null, reason: null };
  assert.equal(lines({ maintenance })[0], "<yellow>maintenance since S</yellow>");
});

test("what a name or a script says cannot steer the terminal", () => {
  const bad = "\u001b[2J";
  const all = [
    ...router({ instance: bad, interface: bad, tracked_faults: [bad] }),
    ...tracker({ name: bad, age_ms: 1, detail: bad, output: bad }),
    ...lines({ unanswered: [bad], groups: [{ group: bad, state: null, members: [bad] }] }),
  ];
  assert.ok(!all.join().includes("\u001b"));
});
