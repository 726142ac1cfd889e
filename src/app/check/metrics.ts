/**
 * Results of checks for Prometheus, in its text format, as node_exporter's textfile collector reads it;
 * named as blackbox_exporter does where it has a name.
 */
import { parseIp } from "../../core/addr.ts";
import type { CheckRecord } from "./check-record.ts";

/** A line at a time. What could not be asked has no probe_success: it is neither up nor down. */
export function* metricsText(records: readonly CheckRecord[]): Iterable<string> {
  for (const { name, help, type = "gauge", valuesOf } of METRICS) {
    let isTold = false;
    for (const record of records) {
      for (const { value, labels = {} } of valuesOf(record)) {
        if (!isTold) yield `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
        isTold = true;
        const { kind, target } = record;
        yield `${name}{${labelsText({ kind, target, ...labels })}} ${numberText(value)}\n`;
      }
    }
  }
}

interface Sample {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type?: "counter";
  readonly valuesOf: (record: CheckRecord) => readonly Sample[];
}

const one = (value: number | boolean | null | undefined): readonly Sample[] =>
  value === null || value === undefined ? [] : [{ value: Number(value) }];

const number = (fact: CheckRecord["facts"][string] | undefined): number | undefined =>
  typeof fact === "number" ? fact : undefined;

const secondsOf = (ms: number | null | undefined): number | null =>
  ms === null || ms === undefined ? null : ms / 1000;

function icmpPhases({ kind, phases_ms, facts }: CheckRecord): readonly Sample[] {
  if (kind !== "icmp") return [];
  const phases = { resolve: phases_ms.dns, rtt: number(facts.rtt_ms) };
  return samples(phases);
}

function httpPhases({ kind, phases_ms }: CheckRecord): readonly Sample[] {
  if (kind !== "http") return [];
  const { dns: resolve, connect, tls, answer: processing, body: transfer } = phases_ms;
  return samples({ resolve, connect, tls, processing, transfer });
}

const samples = (phases: Readonly<Record<string, number | undefined>>): readonly Sample[] =>
  Object.entries(phases).flatMap(([phase, ms]) =>
    ms === undefined ? [] : [{ value: ms / 1000, labels: { phase } }],
  );

function ipVersion({ address }: CheckRecord): number | null {
  const ip = address === null ? undefined : parseIp(address);
  if (ip === undefined) return null;
  return ip.length === 4 ? 4 : 6;
}

const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (it) => ESCAPED[it] ?? it)}"`)
    .join(",");

const numberText = (value: number): string => `${Math.round(value * 1e9) / 1e9}`;

const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };

const METRICS: readonly Metric[] = [
  {
    name: "probe_success",
    help: "Whether the service is up.",
    valuesOf: ({ verdict }) => one(verdict === "unknown" ? null : verdict === "up"),
  },
  {
    name: "probe_unknown",
    help: "Whether the service could not be asked, for a reason on this host.",
    valuesOf: ({ verdict }) => one(verdict === "unknown"),
  },
  {
    name: "probe_duration_seconds",
    help: "How long the last check took.",
    valuesOf: ({ total_ms }) => one(secondsOf(total_ms)),
  },
  {
    name: "probe_dns_lookup_time_seconds",
    help: "How long the look-up of the name took.",
    valuesOf: ({ phases_ms }) => one(secondsOf(phases_ms.dns)),
  },
  {
    name: "probe_ip_protocol",
    help: "Version of IP of the address that was asked.",
    valuesOf: (record) => one(ipVersion(record)),
  },
  {
    name: "probe_icmp_duration_seconds",
    help: "How long each phase of the last ICMP check took.",
    valuesOf: icmpPhases,
  },
  {
    name: "probe_http_duration_seconds",
    help: "How long each phase of the last HTTP check took.",
    valuesOf: httpPhases,
  },
  {
    name: "probe_http_status_code",
    help: "Status of the last HTTP answer.",
    valuesOf: ({ kind, facts }) => one(kind === "http" ? number(facts.status) : null),
  },
  {
    name: "probe_ssl_earliest_cert_expiry",
    help: "When the first certificate of those that were shown expires, in seconds since 1970.",
    valuesOf: ({ facts }) => one(secondsOf(number(facts.chain_expires_ms))),
  },
  {
    name: "check_sent_total",
    help: "Checks that were made.",
    type: "counter",
    valuesOf: ({ checks }) => one(checks),
  },
  {
    name: "check_lost_total",
    help: "Checks by which the service was down.",
    type: "counter",
    valuesOf: ({ down }) => one(down),
  },
];
