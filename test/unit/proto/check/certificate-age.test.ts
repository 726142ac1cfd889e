/** How long a certificate lasts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS } from "../../../../src/core/certificate.ts";
import {
  certDaysLeft,
  certificateAgeFinding,
} from "../../../../src/proto/check/certificate-age.ts";

test("it must last for so many days, to the millisecond", () => {
  assert.equal(certificateAgeFinding(30 * DAY_MS, 0, 30), undefined);
  const short = certificateAgeFinding(30 * DAY_MS - 1, 0, 30);
  assert.equal(short?.class, "L6RSP");
  assert.equal(short?.detail, "certificate expires in 29 days, wanted are 30 days");
  assert.deepEqual(short?.facts, { cert_days: 29 });
  assert.match(certificateAgeFinding(0, 3 * DAY_MS, 30)?.detail ?? "", /expired 3 days ago/);
  assert.equal(certificateAgeFinding(null, 0, 1)?.verdict, "down");
});

test("days that are left are whole ones", () => {
  assert.equal(certDaysLeft(1.9 * DAY_MS, 0), 1);
  assert.equal(certDaysLeft(-1, 0), -1);
  assert.equal(certDaysLeft(null, 0), null);
});
