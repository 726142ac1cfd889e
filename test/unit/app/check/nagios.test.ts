import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRecord } from "../../../../src/app/check/check-record.ts";
import {
  type NagiosLimits,
  nagiosAnswer,
  nagiosRefusal,
  parseLimit,
} from "../../../../src/app/check/nagios.ts";
import { type CheckFinding, down, up } from "../../../../src/proto/check/result.ts";
import { Tally } from "../../../../src/proto/check/tally.ts";
import { bad, good, lost, resultOf } from "../../../support/checks.ts";

/** Of checks of one target, each of which took 20 ms. */
function record(target: string, findings: readonly CheckFinding[], kind = "tcp") {
  const tally = new Tally();
  for (const finding of findings) tally.note(resultOf(finding, { totalMs: 20 }));
  return checkRecord(kind, target, tally);
}

function limit(text: string | undefined) {
  if (text === undefined) return undefined;
  const parsed = parseLimit(text);
  assert.ok(typeof parsed !== "string");
  return parsed;
}

const NO_CERT = { warnDays: null, critDays: null };
const NONE = { warn: undefined, crit: undefined, cert: NO_CERT };

const answer = (
  findings: readonly CheckFinding[],
  { warn, crit, kind = "tcp" }: { warn?: string; crit?: string; kind?: string } = {},
) => {
  const one = record("web:80", findings, kind);
  const limits = { warn: limit(warn), crit: limit(crit), cert: NO_CERT };
  const { line, status } = nagiosAnswer(kind, [one], one.verdict, limits, 3000);
  return `${status} ${line}`;
};

test("a service that is up is OK, with its time as check_tcp tells it", () => {
  assert.equal(
    answer([good], { warn: "0.5", crit: "1s" }),
    "0 TCP OK - web:80: connected, 0.020000s response time|time=0.020000s;0.500000;1.000000;0.000000;3.000000",
  );
});

test("a time beyond a limit is WARNING or CRITICAL, the worse of them", () => {
  assert.match(answer([good], { warn: "10ms", crit: "1" }), /^1 TCP WARNING - /);
  assert.match(answer([good], { warn: "10ms", crit: "15ms" }), /^2 TCP CRITICAL - /);
  assert.match(answer([good], { warn: "@10ms:30ms" }), /^1 .*;@0\.010000:0\.030000;;/);
  assert.match(answer([good], { warn: "1:" }), /^1 .*;1\.000000:;;/);
});

test("down is CRITICAL whatever the limits, unknown is UNKNOWN; neither has a time", () => {
  assert.equal(answer([bad], { warn: "1" }), "2 TCP CRITICAL - web:80: connection refused (L4CON)");
  assert.equal(answer([lost]), "3 TCP UNKNOWN - web:80: no route of ours leads there");
});

test("ICMP has mean time and loss, as check_icmp tells them", () => {
  const reply = up("L4OK", "reply", { rtt_ms: 0.25 });
  const silence = down("L4TOUT", "no reply");
  assert.equal(
    answer([reply, reply, reply, silence], { warn: "200,40%", crit: "500,80%", kind: "icmp" }),
    "0 OK - web:80: rta 0.250ms, lost 25%|rta=0.250ms;200.000;500.000;0; pl=25%;40;80;0;100 rtmax=0.250ms;;;; rtmin=0.250ms;;;;",
  );
  assert.match(
    answer([reply, silence], { warn: "200,40%", kind: "icmp" }),
    /^1 WARNING - .*lost 50%/,
  );
  assert.match(answer([reply], { warn: "0.2,40%", kind: "icmp" }), /^1 WARNING/);
  assert.match(
    answer([silence], { warn: "200,40%", kind: "icmp" }),
    /^2 CRITICAL - web:80: no reply, rta nan, lost 100%\|rta=U;200\.000;;0; pl=100%;40;;0;100/,
  );
});

test("many targets are one line, each with its label, and the quota judges", () => {
  const records = [record("it's=a|b", [good]), record("b:1", [bad])];
  const told = nagiosAnswer("tcp", records, "down", NONE, 3000);
  assert.deepEqual(told, {
    line: "TCP CRITICAL - 1 of 2 up, b:1 connection refused|'it''s_a/b'=0.020000s;;;0.000000;3.000000 'b:1'=U;;;;",
    status: 2,
  });
  const enough = nagiosAnswer("tcp", records, "up", NONE, 3000);
  assert.equal(enough.status, 0);
});

test("what a service says can neither break the line nor pass for perfdata", () => {
  const line = answer([down("L7RSP", "evil\n|time=0s\x1b[2J")]);
  for (const part of ["\n", "|", "\x1b"]) assert.ok(!line.includes(part));
  assert.doesNotMatch(nagiosRefusal("a|b\nc").line, /[\n|]/);
});

test("a certificate that ends soon is a WARNING, and its days are perfdata", () => {
  const soon = (days: number) => up("L6OK", "TLSv1.3", { cert_days: days });
  const told = (cert: NagiosLimits["cert"], ...findings: readonly CheckFinding[]) => {
    const records = findings.map((finding, n) => record(`web${n}:443`, [finding]));
    return nagiosAnswer("tcp", records, "up", { ...NONE, cert }, 3000);
  };
  const both = { warnDays: 30, critDays: 14 };
  assert.equal(told(both, soon(30)).status, 0);
  const { line, status } = told(both, soon(29));
  assert.equal(status, 1);
  assert.match(line, /^TCP WARNING - .*;3\.000000 cert_days=29;30:;14:;;$/);
  assert.match(told({ warnDays: null, critDays: 14 }, soon(29)).line, / cert_days=29;;14:;;$/);
  assert.doesNotMatch(told(NO_CERT, soon(29)).line, /cert_days/);
  const dead = down("L6RSP", "expired", { cert_days: -1 });
  const many = told(both, soon(99), dead);
  assert.equal(many.status, 0, "one that is down is for the quota to judge");
  assert.match(many.line, / 'web0:443 cert_days'=99;30:;14:;; .* 'web1:443 cert_days'=-1;/);
});
