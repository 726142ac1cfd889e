import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatRange,
  isAlert,
  parseLimit,
  parseRange,
} from "../../../../src/proto/check/thresholds.ts";

/** Which of these times alert, in seconds. */
const alerts = (text: string): number[] => {
  const range = parseRange(text, 1000);
  assert.ok(typeof range !== "string", `${text} ${range}`);
  return [-1, 0, 5, 10, 15, 20, 25].filter((s) => isAlert(range, s * 1000));
};

test("ranges alert as the guidelines of the plugins say", () => {
  assert.deepEqual(alerts("10"), [-1, 15, 20, 25]);
  assert.deepEqual(alerts("10:"), [-1, 0, 5]);
  assert.deepEqual(alerts("~:10"), [15, 20, 25]);
  assert.deepEqual(alerts("10:20"), [-1, 0, 5, 25]);
  assert.deepEqual(alerts("@10:20"), [10, 15, 20]);
  assert.deepEqual(alerts("@10"), [0, 5, 10]);
});

test("times may have a unit, each bound its own", () => {
  assert.deepEqual(parseRange("500ms:2s", 1000), { from: 500, until: 2000, within: false });
  assert.deepEqual(parseRange("0.25", 1000), { from: 0, until: 250, within: false });
});

test("what is no range is refused", () => {
  for (const text of ["", ":", "@", "a", "1:2:3", "10:5", "-1", "1 s", "1:~"])
    assert.equal(typeof parseRange(text, 1000), "string", text);
});

test("a pair is a time in milliseconds and a loss, as check_icmp takes it", () => {
  assert.deepEqual(parseLimit("200,40%"), {
    time: { from: 0, until: 200, within: false },
    lossPct: 40,
  });
  assert.deepEqual(parseLimit("0.2"), {
    time: { from: 0, until: 200, within: false },
    lossPct: null,
  });
  for (const text of ["200,40", "200,101%", "200,40%,1", ",40%", "200,"])
    assert.equal(typeof parseLimit(text), "string", text);
});

test("a range is written as it was meant", () => {
  for (const text of ["10", "10:", "~:10", "10:20", "@10:20", "@10"]) {
    const range = parseRange(text, 1);
    assert.ok(typeof range !== "string");
    assert.equal(formatRange(range, String), text);
  }
});
