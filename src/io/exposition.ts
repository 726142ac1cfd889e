/** Metrics in the text format of Prometheus, with the package prom-client. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { HistogramSample, MetricFamily, WebAnswer } from "./web-ports.ts";

/** Each time from the beginning: what is told was counted elsewhere. */
export async function exposeMetrics(
  families: readonly MetricFamily[],
): Promise<Pick<WebAnswer, "type" | "body">> {
  const registry = new Registry();
  for (const family of families) add(family, registry);
  return { type: registry.contentType, body: await registry.metrics() };
}

function add(family: MetricFamily, registry: Registry): void {
  const { name, help, samples } = family;
  if (samples.length === 0) return;
  const labelNames = Object.keys(samples[0]?.labels ?? {});
  const spec = { name, help, labelNames, registers: [registry] };
  if (family.type === "histogram") new CountedElsewhere(family.samples, { ...spec, buckets: [] });
  else if (family.type === "gauge") {
    const gauge = new Gauge(spec);
    for (const { labels, value } of family.samples) gauge.set(labels, value);
  } else {
    const counter = new Counter(spec);
    for (const { labels, value } of family.samples) counter.inc(labels, value);
  }
}

/** The package counts single observations alone: this one tells what it is given. */
class CountedElsewhere extends Histogram {
  readonly #samples: readonly HistogramSample[];
  readonly #spec: Spec;

  constructor(samples: readonly HistogramSample[], spec: Spec) {
    super(spec);
    this.#samples = samples;
    this.#spec = spec;
  }

  /** Asked by the registry, for the text format. */
  async getForPromString(): Promise<object> {
    const { name, help } = this.#spec;
    return {
      name,
      help,
      type: "histogram",
      values: this.#samples.flatMap((one) => valuesOf(name, one)),
    };
  }
}

function valuesOf(name: string, { labels, bounds, counts, sum }: HistogramSample): object[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    const le = bounds[index] === undefined ? "+Inf" : `${bounds[index]}`;
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}

type Spec = ConstructorParameters<typeof Histogram>[0];
