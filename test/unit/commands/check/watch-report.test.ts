import assert from "node:assert/strict";
import { test } from "node:test";
import { clockText } from "../../../../src/commands/check/watch-report.ts";
import { checkTcpRan } from "../../../support/check-cli.ts";

test("the length of an outage is told in hours, minutes and seconds", () => {
  assert.equal(clockText(72_400), "00:01:12");
  assert.equal(clockText(59_600), "00:01:00");
  assert.equal(clockText(90_061_000), "1d 01:01:01");
});

test("what could not be asked is not lost", async () => {
  const line = "10.0.0.9:80 --watch --jitter 0 -w 3s";
  assert.match((await checkTcpRan(line)).out.at(-1) ?? "", /UNKNOWN +3 +- +-/);
  const told = JSON.parse((await checkTcpRan(`${line} -j`)).out.at(-1) ?? "");
  assert.deepEqual([told.checks, told.down, told.loss_pct], [3, 0, null]);
});

test("statistics on a terminal are a table, changes stay lines", async () => {
  const line = "10.0.0.1:80 10.0.0.3:80 --watch --jitter 0 -w 3s --explain";
  const { out } = await checkTcpRan(line, { columns: 100 });
  assert.match(out[0] ?? "", /^2026-\S+Z {2}10\.0\.0\.1:80 {2}UP/);
  assert.match(out[1] ?? "", /^ {4}10\.0\.0\.1:80 answered/);
  assert.match(out.join("\n"), /│ OUTAGES │/);
});
