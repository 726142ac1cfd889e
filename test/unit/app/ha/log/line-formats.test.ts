import assert from "node:assert/strict";
import { test } from "node:test";
import {
  journalLine,
  jsonLine,
  syslogDatagram,
} from "../../../../../src/app/ha/log/line-formats.ts";
import type { LogLine } from "../../../../../src/proto/ha/repeated-lines.ts";

const line: LogLine = { kind: "line", severity: 5, text: "a: BACKUP -> MASTER", record: null };
const origin = {
  facility: "daemon",
  pid: 7,
  wallMs: new Date(2026, 10, 3, 4, 5, 6).getTime(),
} as const;
const text = (...args: Parameters<typeof syslogDatagram>): string =>
  new TextDecoder().decode(syslogDatagram(...args));

test("systemd gets the severity in front of the line", () => {
  assert.equal(journalLine(line), "<5>a: BACKUP -> MASTER");
});

test("syslog gets facility and severity, local time, who and what", () => {
  assert.equal(text(line, origin), "<29>Nov  3 04:05:06 vipkit[7]: a: BACKUP -> MASTER");
  assert.match(text({ ...line, severity: 3 }, { ...origin, facility: "local7" }), /^<187>/);
});

test("no line ends another one, and none is endless", () => {
  const hostile = text({ ...line, text: `x\n<0>y${"z".repeat(5000)}` }, origin);
  assert.ok(!hostile.includes("\n"));
  assert.equal(hostile.length, 2048);
});

test("programs get the record with the line", () => {
  const told = JSON.parse(jsonLine({ ...line, record: { type: "transition" } }, 0));
  assert.deepEqual(told, {
    ts: "1970-01-01T00:00:00.000Z",
    severity: "notice",
    message: "a: BACKUP -> MASTER",
    type: "transition",
  });
});
