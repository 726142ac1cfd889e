import assert from "node:assert/strict";
import { test } from "node:test";
import { statisticsText } from "../../../../../src/app/ha/dump/statistics.ts";
import { dumpPlan, instanceConf, moment } from "../../../../support/dump-plan.ts";
import { parseStatistics } from "../../../../support/exporter.ts";

test("an exporter reads each counter where it stands", () => {
  const now = moment(
    {},
    {
      adverts_received: 1,
      adverts_sent: 2,
      became_master: 3,
      released_master: 4,
      priority_zero_received: 5,
      priority_zero_sent: 6,
      adverts_rejected: { "wrong-password": 7, "bad-type": 8, "bad-auth-type": 9 },
    },
  );
  const text = statisticsText(dumpPlan(instanceConf()), [now]);
  const read = parseStatistics(text).get("VI") ?? assert.fail();
  const counted = Object.entries(read).filter(([, count]) => count > 0);
  assert.deepEqual(Object.fromEntries(counted), {
    "Advertisements Received": 1,
    "Advertisements Sent": 2,
    "Became master": 3,
    "Released master": 4,
    "Priority Zero Received": 5,
    "Priority Zero Sent": 6,
    "Authentication Errors Failure": 7,
    "Packet Errors Invalid Type": 8,
    "Authentication Errors Invalid Type": 9,
  });
  assert.equal(Object.keys(read).length, 14);
});
