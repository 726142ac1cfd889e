import assert from "node:assert/strict";
import { test } from "node:test";
import { serverMetrics } from "../../../../../src/app/ha/web/server-metrics.ts";
import { exposeMetrics } from "../../../../../src/io/exposition.ts";
import { readExposition } from "../../../../support/exposition.ts";
import { SERVICE } from "../../../../support/ha-status.ts";

test("servers have what they are and weigh, and each check that has a result", async () => {
  const { body } = await exposeMetrics(serverMetrics([SERVICE]));
  const service = 'service="tcp 10.0.0.100:80"';
  const [first, second] = ["11", "12"].map((host) => `${service},server="10.0.0.${host}:80"`);
  assert.deepEqual(Object.fromEntries(readExposition(body)), {
    [`virtual_server_up{${service}}`]: 1,
    [`virtual_server_weight{${service}}`]: 1,
    [`real_server_up{${first}}`]: 1,
    [`real_server_up{${second}}`]: 0,
    [`real_server_weight{${first}}`]: 1,
    [`real_server_weight{${second}}`]: 0,
    [`real_server_check_success{${first},check="TCP_CHECK",number="1"}`]: 1,
    [`real_server_check_success{${second},check="TCP_CHECK",number="1"}`]: 0,
  });
});
