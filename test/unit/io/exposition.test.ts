import assert from "node:assert/strict";
import { test } from "node:test";
import { exposeMetrics } from "../../../src/io/exposition.ts";
import { readExposition } from "../../support/exposition.ts";

test("what stands in labels is escaped, and stays what it was", async () => {
  const name = 'a"b\\c\nd';
  const { type, body } = await exposeMetrics([
    { name: "a_total", help: "H.", type: "counter", samples: [{ labels: { name }, value: 3 }] },
  ]);
  assert.equal(type, "text/plain; version=0.0.4; charset=utf-8");
  assert.deepEqual([...readExposition(body)], [['a_total{name="a\\"b\\\\c\\nd"}', 3]]);
});

test("counts between bounds become those of a histogram, which add up", async () => {
  const sample = { labels: {}, bounds: [0.5, 1], counts: [3, 2, 1], sum: 4.5 };
  const { body } = await exposeMetrics([
    { name: "d_seconds", help: "H.", type: "histogram", samples: [sample] },
  ]);
  assert.deepEqual(Object.fromEntries(readExposition(body)), {
    'd_seconds_bucket{le="0.5"}': 3,
    'd_seconds_bucket{le="1"}': 5,
    'd_seconds_bucket{le="+Inf"}': 6,
    d_seconds_sum: 4.5,
    d_seconds_count: 6,
  });
});

test("a name without a series is not told", async () => {
  const { body } = await exposeMetrics([{ name: "a", help: "H.", type: "gauge", samples: [] }]);
  assert.equal(body.trim(), "");
});
