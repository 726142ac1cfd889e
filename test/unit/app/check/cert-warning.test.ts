import assert from "node:assert/strict";
import { test } from "node:test";
import { Attempt } from "../../../../src/app/check/attempt.ts";
import { warningOfCertificates } from "../../../../src/app/check/cert-warning.ts";
import { DAY_MS } from "../../../../src/core/certificate.ts";
import { type CheckFinding, down, up } from "../../../../src/proto/check/result.ts";
import { bad, good, scripted } from "../../../support/checks.ts";
import { FakeClock } from "../../../support/fake-clock.ts";

const clock = new FakeClock();
const facts = { cert_days: 19, cert_expires_ms: clock.wallMs() + 19.5 * DAY_MS };

async function detailOf(finding: CheckFinding, warnDays: number): Promise<string> {
  const prober = warningOfCertificates(
    scripted(() => finding),
    warnDays,
    clock,
  );
  assert.equal(prober.nameOf("a"), "a");
  return (await prober.probe("a", new Attempt(clock, 1000))).detail;
}

test("one that ends soon is told, where the service is up by all else", async () => {
  const found = up("L7OK", "200 OK", facts);
  const warning = "200 OK; certificate expires in 19 days, wanted are 20 days";
  assert.equal(await detailOf(found, 20), warning);
  assert.equal(await detailOf(found, 19), "200 OK");
  assert.equal(await detailOf(down("L6RSP", "wrong", facts), 20), "wrong");
  assert.equal(await detailOf(good, 20), good.detail);
  assert.equal(await detailOf(bad, 20), bad.detail);
});
