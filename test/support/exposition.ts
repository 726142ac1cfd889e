/** Reads the text format of Prometheus (0.0.4) as strictly as its own tools. */
import assert from "node:assert/strict";

/** Values by their series, as they are written: `up{a="b"}`. @throws AssertionError where a rule is broken */
export function readExposition(text: string): Map<string, number> {
  assert.ok(text.endsWith("\n"), "ends with a line feed");
  const values = new Map<string, number>();
  const types = new Map<string, string>();
  let family = "";
  for (const line of text.trimEnd().split("\n")) {
    if (line === "") continue;
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind !== undefined) {
      assert.match(name, METRIC_NAME);
      if (kind === "HELP") assert.ok(!types.has(name), `${name} comes twice`);
      else types.set(name, rest);
      family = name;
      continue;
    }
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
    assert.ok(found, line);
    const [, metric = "", labels, value] = found;
    const type = types.get(family);
    const base = type === "histogram" ? metric.replace(/_(bucket|sum|count)$/, "") : metric;
    assert.equal(base, family, `${line} stands below ${family}`);
    if (labels !== undefined) assert.match(labels, LABELS, line);
    const series = line.slice(0, line.lastIndexOf(" "));
    assert.ok(!values.has(series), `${series} comes twice`);
    const number = value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value);
    assert.ok(!Number.isNaN(number), line);
    if (type === "counter") assert.ok(number >= 0, line);
    if (type === "counter" && !OLD_NAME.test(metric)) assert.match(metric, /_total$/);
    values.set(series, number);
  }
  for (const [name, type] of types) if (type === "histogram") judgeHistogram(name, values);
  return values;
}

function judgeHistogram(name: string, values: ReadonlyMap<string, number>): void {
  const buckets = [...values].filter(([series]) => series.startsWith(`${name}_bucket`));
  const counts = buckets.map(([, count]) => count);
  assert.deepEqual(
    counts,
    counts.toSorted((a, b) => a - b),
    "buckets add up",
  );
  assert.match(buckets.at(-1)?.[0] ?? "", /le="\+Inf"/);
  assert.equal(values.get(`${name}_count`), counts.at(-1));
}

const METRIC_NAME = /^[a-zA-Z_:][\w:]*$/;
const LABELS = /^[a-zA-Z_]\w*="([^"\\\n]|\\[\\"n])*"(,[a-zA-Z_]\w*="([^"\\\n]|\\[\\"n])*")*$/;
const OLD_NAME = /^keepalived_vrrp_/; // of an exporter that has its own rules
