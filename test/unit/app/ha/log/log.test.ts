import assert from "node:assert/strict";
import { test } from "node:test";
import { Log, type LogWish } from "../../../../../src/app/ha/log/log.ts";
import { FakePorts } from "../../../../support/fake-ports.ts";

function said(form: LogWish["form"], stderrIsJournal = false): { err: string[]; syslog: string[] } {
  const ports = new FakePorts();
  const err: string[] = [];
  const log = new Log(
    { form, facility: "user" },
    { ...bound(ports), stderrIsJournal },
    (line) => void err.push(line),
  );
  for (const text of ["a", "a", "b"]) log.write(4, text, { type: "x" });
  log.close();
  return { err, syslog: ports.daemon.syslog };
}

const bound = ({ clock, pid, sendSyslog }: FakePorts) => ({ clock, pid, sendSyslog });
const TEXTS = ["a", "last message repeated 1 time", "b"];

test("lines go where they are wanted, in its form", () => {
  const { err: timed, syslog: none } = said("stderr");
  assert.deepEqual(
    timed,
    TEXTS.map((text) => `2026-01-02T00:00:00.000Z  ${text}`),
  );
  assert.deepEqual(none, []);
  assert.deepEqual(
    said("stderr", true).err,
    TEXTS.map((text) => `<4>${text}`),
  );
  const { err, syslog } = said("syslog");
  assert.deepEqual(err, []);
  assert.deepEqual(
    syslog.map((text) => text.replace(/.*: /, "")),
    TEXTS,
  );
  assert.match(syslog[0] ?? "", /^<12>/);
  const records = said("json").err.map((line) => JSON.parse(line));
  assert.deepEqual(
    records.map(({ message }) => message),
    TEXTS,
  );
  assert.deepEqual(
    records.map(({ type }) => type),
    ["x", undefined, "x"],
  );
});
