import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRecord } from "../../../../src/app/check/check-record.ts";
import { metricsFile } from "../../../../src/app/check/metrics-file.ts";
import { Tally } from "../../../../src/proto/check/tally.ts";
import { good, resultOf } from "../../../support/checks.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { FakeFiles } from "../../../support/fake-files.ts";

function start() {
  const ports = { clock: new FakeClock(), files: new FakeFiles() };
  const tally = new Tally();
  const troubles: unknown[] = [];
  const read = () => [checkRecord("tcp", "a:1", tally)];
  const file = metricsFile("m.prom", read, ports, (error) => troubles.push(error));
  const sent = (): string | undefined =>
    /check_sent_total\{.*\} (\d+)/.exec(
      new TextDecoder().decode(ports.files.contents.get("m.prom")),
    )?.[1];
  return { ...ports, tally, troubles, file, sent };
}

test("it is renewed soon, once for many results, and at the end", async () => {
  const { clock, tally, file, sent } = start();
  for (let n = 0; n < 5; n++) {
    tally.note(resultOf(good));
    file.renew();
  }
  assert.equal(clock.pending, 1);
  assert.equal(sent(), undefined);
  await clock.pass(2000);
  assert.equal(sent(), "5");
  tally.note(resultOf(good));
  file.renew();
  await file.end();
  assert.equal(sent(), "6");
  assert.equal(clock.pending, 0);
});

test("that it cannot be written is told once, until it could be", async () => {
  const { clock, files, file, troubles } = start();
  for (const refuse of ["ENOSPC", "ENOSPC", undefined, "ENOSPC"]) {
    files.refuse = refuse;
    file.renew();
    await clock.pass(2000);
  }
  await file.end();
  assert.equal(troubles.length, 2);
});
