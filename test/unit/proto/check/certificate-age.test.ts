/** How long a certificate lasts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS } from "../../../../src/core/certificate.ts";
import {
  certDaysLeft,
  certificateAgeFinding,
} from "../../../../src/proto/check/certificate-age.ts";

const age = (validUntilMs: number | null, wallMs: number, days: number) =>
  certificateAgeFinding({ validUntilMs, wallMs }, days);

test("it must last for so many days, to the millisecond", () => {
  assert.equal(age(30 * DAY_MS, 0, 30), undefined);
  const short = age(30 * DAY_MS - 1, 0, 30);
  assert.equal(short?.class, "L6RSP");
  assert.equal(short?.detail, "certificate expires in 29 days, wanted are 30 days");
  assert.match(age(0, 3 * DAY_MS, 30)?.detail ?? "", /expired 3 days ago/);
  assert.equal(age(null, 0, 1)?.verdict, "down");
});

test("days that are left are whole ones", () => {
  assert.equal(certDaysLeft(1.9 * DAY_MS, 0), 1);
  assert.equal(certDaysLeft(-1, 0), -1);
  assert.equal(certDaysLeft(null, 0), null);
});
