import assert from "node:assert/strict";
import { test } from "node:test";
import { keepalivedMetrics } from "../../../../../src/app/ha/web/keepalived-metrics.ts";
import { exposeMetrics } from "../../../../../src/io/exposition.ts";
import { readExposition } from "../../../../support/exposition.ts";
import { ROUTER, STATUS } from "../../../../support/ha-status.ts";

test("names and labels are those of both exporters", async () => {
  const rejected = { "ttl-not-255": 2, "ttl-out-of-range": 1, "hmac-stale": 4 };
  const excluded = {
    address: "10.0.0.101/24",
    interface: "eth1",
    advertised: false,
    present: true,
  };
  const router = {
    ...ROUTER,
    vips: [...ROUTER.vips, excluded],
    counters: { ...ROUTER.counters, adverts_rejected: rejected },
  };
  const { body } = await exposeMetrics(keepalivedMetrics({ ...STATUS, instances: [router] }));
  const values = readExposition(body);
  const place = 'iname="VI_1",intf="eth0",vrid="51"';
  const old = 'name="VI_1",intf="eth0",vrid="51",state="MASTER"';
  const expected: Record<string, number> = {
    keepalived_up: 1,
    [`keepalived_vrrp_state{${place},ip_address="10.0.0.100"}`]: 2,
    'keepalived_vrrp_excluded_state{iname="VI_1",intf="eth1",vrid="51",ip_address="10.0.0.101"}': 2,
    'keepalived_script_status{name="chk"}': 0,
    [`keepalived_advertisements_sent_total{${place}}`]: 17,
    [`keepalived_vrrp_advert_sent{${old}}`]: 17,
    [`keepalived_ip_ttl_errors_total{${place}}`]: 3,
    [`keepalived_vrrp_ip_ttl_err{${old}}`]: 3,
    [`keepalived_authentication_failure_total{${place}}`]: 4,
    [`keepalived_become_master_total{${place}}`]: 1,
  };
  for (const [series, value] of Object.entries(expected)) {
    assert.equal(values.get(series), value, series);
  }
});
