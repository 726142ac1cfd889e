import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeMetrics } from "../../../../../src/app/ha/web/native-metrics.ts";
import { exposeMetrics } from "../../../../../src/io/exposition.ts";
import { readExposition } from "../../../../support/exposition.ts";
import { ROUTER, STATUS } from "../../../../support/ha-status.ts";

const TALLIES = {
  transitions: [{ instance: "VI_1", to: "master", cause: "advert-timeout", count: 2 }],
  delays: [{ role: "vrrp", bounds_ms: [1, 10], counts: [3, 1, 0], sum_ms: 5 }] as const,
};

const read = async (changes: object, router: object = {}) => {
  const status = { ...STATUS, instances: [{ ...ROUTER, ...router }], ...changes };
  return readExposition((await exposeMetrics(nativeMetrics(status, TALLIES))).body);
};
const PLACE = 'instance="VI_1",interface="eth0",vrid="51",family="ipv4"';

test("a router has a series for each state, and one of them is 1", async () => {
  const values = await read({});
  const states = ["init", "backup", "master", "fault"].map((state) =>
    values.get(`vrrp_state{${PLACE},state="${state}"}`),
  );
  assert.deepEqual(states, [0, 0, 1, 0]);
});

test("counts, ages in seconds, addresses and processes are told", async () => {
  const values = await read(
    {},
    { counters: { ...ROUTER.counters, adverts_rejected: { short: 4 } } },
  );
  const expected: Record<string, number> = {
    [`vrrp_priority{${PLACE}}`]: 90,
    [`vrrp_adverts_sent_total{${PLACE}}`]: 17,
    [`vrrp_advert_rejected_total{${PLACE},reason="short"}`]: 4,
    [`vrrp_last_advert_age_seconds{${PLACE}}`]: 0.1,
    [`vrrp_announcements_total{${PLACE},kind="garp",result="sent"}`]: 5,
    [`vip_present{${PLACE},address="10.0.0.100/24"}`]: 1,
    'vrrp_transitions_total{instance="VI_1",to="master",cause="advert-timeout"}': 2,
    'vrrp_loop_delay_seconds_bucket{le="0.01"}': 4,
    vrrp_loop_delay_seconds_sum: 0.005,
    'check_success{kind="script",name="chk"}': 0,
    'check_duration_seconds{kind="script",name="chk"}': 0.03,
    'ha_process_up{role="vrrp"}': 1,
    'ha_process_beat_age_seconds{role="vrrp"}': 0.05,
    ha_maintenance: 0,
  };
  for (const [series, value] of Object.entries(expected)) {
    assert.equal(values.get(series), value, series);
  }
});

test("masters are those whose adverts still count, and this router itself", async () => {
  const peer = { address: "10.0.0.2", configured: false, adverts: 1, interval_ms: 1000 };
  const seen = async (changes: object, router: object = {}) =>
    (
      await read(
        {},
        { peers: [{ ...peer, priority: 100, advert_age_ms: 900, ...changes }], ...router },
      )
    ).get(`vrrp_masters_seen{${PLACE}}`);
  assert.equal(await seen({}), 2);
  assert.equal(await seen({}, { state: "backup" }), 1);
  assert.equal(await seen({ advert_age_ms: 3001 }), 1);
  assert.equal(await seen({ priority: 0 }), 1);
  assert.equal(await seen({ priority: null, interval_ms: null, advert_age_ms: null }), 1);
});

test("a tracked file has a number", async () => {
  const tracker = { ...STATUS.trackers[0], kind: "file", name: "f", state: -3 };
  const values = await read({ trackers: [tracker] });
  assert.equal(values.get('check_value{kind="file",name="f"}'), -3);
  assert.equal(values.has('check_success{kind="file",name="f"}'), false);
});

test("what is unknown is absent", async () => {
  const tracker = { ...STATUS.trackers[0], state: "unknown" };
  const values = await read({ trackers: [tracker] }, { master: null });
  const names = [...values.keys()].filter((series) => /^(check_success|vrrp_last)/.test(series));
  assert.deepEqual(names, []);
});
