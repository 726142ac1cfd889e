import assert from "node:assert/strict";
import { test } from "node:test";
import { formatJson } from "../../../src/core/json.ts";

test("milliseconds are rounded to the microsecond wherever they are, and nothing else is", () => {
  const age_ms = 1000 + 0.1 + 0.2;
  const record = { age_ms, ratio: age_ms, last: [{ late_ms: 0.1 + 0.2 }], sent_ms: null };
  assert.equal(
    formatJson(record),
    '{"age_ms":1000.3,"ratio":1000.3000000000001,"last":[{"late_ms":0.3}],"sent_ms":null}',
  );
});

test("what is very small is rounded too", () => {
  assert.equal(
    formatJson({ a: 1e-9, a_ms: 1e-9, b_ms: -1.2345 }),
    '{"a":1e-9,"a_ms":0,"b_ms":-1.234}',
  );
  assert.equal(formatJson({ a_ms: 1.5e-7 }), '{"a_ms":0}');
});

test("nothing is left that a terminal would obey, and the text is the same when it is parsed", () => {
  const name = "\x1b[2J a\nb \x7f \x9b31m \u202e \u2028 \u{e0041} é";
  const text = formatJson({ name });
  assert.match(text, /^[\x20-\x7eé]*$/);
  assert.deepEqual(JSON.parse(text), { name });
});
