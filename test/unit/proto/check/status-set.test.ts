import assert from "node:assert/strict";
import { test } from "node:test";
import { hasStatus, parseStatusSet } from "../../../../src/proto/check/status-set.ts";

test("status codes are listed alone and as ranges, both ends belong to it", () => {
  const ranges = parseStatusSet("200-299, 304");
  assert.ok(typeof ranges !== "string");
  const good = [199, 200, 299, 300, 304, 305].filter((status) => hasStatus(ranges, status));
  assert.deepEqual(good, [200, 299, 304]);
});

test("what is no list of them is refused", () => {
  for (const text of ["", "20", "2xx", "200-", "099", "200,,201", "299-200"])
    assert.equal(typeof parseStatusSet(text), "string", text);
});
