/** What a running `ha up` answers, for tests of those who ask it. */
import type { HaHistoryRecord } from "../../src/app/ha/up/parent/past.ts";
import type { HaStatusRecord, RouterStatusRecord } from "../../src/app/ha/up/parent/status.ts";
import type { ServiceRecord } from "../../src/app/ha/up/servers/server-status.ts";

/** MASTER of 10.0.0.100, where a script takes 10 points. */
export const ROUTER: RouterStatusRecord = {
  instance: "VI_1",
  interface: "eth0",
  vrid: 51,
  family: "ipv4",
  version: 3,
  state: "master",
  state_age_ms: 5000,
  priority: 90,
  configured_priority: 100,
  faults: [],
  retry_in_ms: null,
  master: { address: "10.0.0.1", priority: 90, advert_age_ms: 100, here: true },
  vips: [{ address: "10.0.0.100/24", interface: "eth0", advertised: true, present: true }],
  vmac: null,
  conflicts: [],
  verify: [],
  peers: [],
  counters: {
    adverts_sent: 17,
    adverts_received: 3,
    adverts_rejected: {},
    address_lists_differing: 0,
    priority_zero_sent: 0,
    priority_zero_received: 0,
    announcements_sent: 5,
    addresses_restored: 0,
    became_master: 1,
    released_master: 0,
  },
  stalls: { count: 0, longest_ms: null, last_age_ms: null },
  hmac: null,
  last_advert: null,
  link: { up: true, running: true, age_ms: 6000 },
  late_ms: 0.1,
  worst_late_ms: 3,
  suspects: [],
  pid: 100,
  uptime_ms: 6000,
  terms: [{ name: "chk", points: -10 }],
  tracked_faults: [],
  trackers: [{ kind: "script", name: "chk", weight: -10, reverse: false, state: "down" }],
};

/** One of two real servers is down. */
export const SERVICE: ServiceRecord = {
  service: "tcp 10.0.0.100:80",
  state: "up",
  weight: 1,
  quorum: 1,
  suspended: false,
  servers: [
    {
      server: "10.0.0.11:80",
      file_server: "10.0.0.11:80",
      state: "up",
      weight: 1,
      hand_weight: null,
      connections: null,
      checks: [{ check: "TCP_CHECK", state: "up", age_ms: 100, detail: "connected" }],
    },
    {
      server: "10.0.0.12:80",
      file_server: "10.0.0.12:80",
      state: "down",
      weight: 0,
      hand_weight: null,
      connections: null,
      checks: [
        { check: "TCP_CHECK", state: "down", age_ms: 100, detail: "connection refused" },
        { check: "TCP_CHECK", state: "unknown", age_ms: null, detail: null },
      ],
    },
  ],
  destinations: [{ server: "10.0.0.11:80", weight: 1, sorry: false }],
};

export const STATUS: HaStatusRecord = {
  pid: 4711,
  uptime_ms: 60_000,
  file: "/etc/ha.conf",
  maintenance: null,
  instances: [ROUTER],
  unanswered: [],
  services: [],
  ipvs_trouble: null,
  groups: [],
  trackers: [
    {
      kind: "script",
      name: "chk",
      state: "down",
      age_ms: 400,
      took_ms: 30,
      detail: "exit status 1",
      output: "connection refused\n",
    },
  ],
  children: [
    {
      role: "vrrp",
      pid: 100,
      beat_age_ms: 50,
      restarts: 0,
      late_ms: 0.1,
      worst_late_ms: 3,
    },
  ],
};

/** Of that router. */
export const transitionAt = (wallMs: number, to: RouterStatusRecord["state"]): HaHistoryRecord => ({
  instance: ROUTER.instance,
  ts: new Date(wallMs).toISOString(),
  age_ms: 0,
  from: "init",
  to,
  priority: 90,
  cause: { kind: "started" },
  last_advert: null,
  link: null,
  late_ms: 0,
  worst_late_ms: 0,
  suspects: [],
});
