import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRecord } from "../../../../src/app/check/check-record.ts";
import { metricsText } from "../../../../src/app/check/metrics.ts";
import { type CheckResult, up } from "../../../../src/proto/check/result.ts";
import { Tally } from "../../../../src/proto/check/tally.ts";
import { bad, good, lost, resultOf } from "../../../support/checks.ts";

function record(kind: string, target: string, result: CheckResult) {
  const tally = new Tally();
  tally.note(result);
  return checkRecord(kind, target, tally);
}

const textOf = (...records: ReturnType<typeof record>[]): string =>
  [...metricsText(records)].join("");

test("samples of one name stand together behind their help and type", () => {
  const text = textOf(record("tcp", "a:1", resultOf(good)), record("tcp", "b:1", resultOf(bad)));
  assert.match(
    text,
    /^# HELP probe_success .*\n# TYPE probe_success gauge\nprobe_success\{kind="tcp",target="a:1"\} 1\nprobe_success\{kind="tcp",target="b:1"\} 0\n# HELP/,
  );
  assert.equal(text.match(/# TYPE probe_success /g)?.length, 1);
  assert.match(text, /# TYPE check_sent_total counter\n/);
  assert.ok(text.endsWith("\n"));
});

test("what could not be asked is neither up nor down", () => {
  const text = textOf(record("tcp", "a:1", resultOf(lost)));
  assert.doesNotMatch(text, /probe_success/);
  assert.match(text, /probe_unknown\{.*\} 1\n/);
});

test("labels are escaped", () => {
  assert.match(textOf(record("tcp", 'a"\\\nb', resultOf(good))), /target="a\\"\\\\\\nb"\} 1\n/);
});

test("times are in seconds, phases are named as blackbox_exporter names them", () => {
  const http = resultOf(up("L7OK", "200", { status: 200, chain_expires_ms: 1_700_000_000_000 }), {
    address: "2001:db8::5",
    totalMs: 250,
    phasesMs: { dns: 1, connect: 2, tls: 3, answer: 4, body: 5 },
  });
  const text = textOf(record("http", "u", http));
  for (const line of [
    'probe_duration_seconds{kind="http",target="u"} 0.25',
    'probe_dns_lookup_time_seconds{kind="http",target="u"} 0.001',
    'probe_ip_protocol{kind="http",target="u"} 6',
    'probe_http_duration_seconds{kind="http",target="u",phase="processing"} 0.004',
    'probe_http_status_code{kind="http",target="u"} 200',
    'probe_ssl_earliest_cert_expiry{kind="http",target="u"} 1700000000',
  ])
    assert.ok(text.includes(`${line}\n`), line);
  const icmp = textOf(record("icmp", "h", resultOf(up("L4OK", "reply", { rtt_ms: 0.25 }))));
  assert.match(icmp, /probe_icmp_duration_seconds\{kind="icmp",target="h",phase="rtt"\} 0.00025\n/);
  assert.doesNotMatch(icmp, /probe_http/);
});
