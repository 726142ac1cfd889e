import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRecord } from "../../../../src/app/check/check-record.ts";
import { junitXml, xmlText } from "../../../../src/commands/check/junit.ts";
import { type CheckFinding, down, unknown, up } from "../../../../src/proto/check/result.ts";
import { Tally } from "../../../../src/proto/check/tally.ts";

function record(target: string, finding: CheckFinding) {
  const tally = new Tally();
  tally.note({ ...finding, phase: null, address: null, phasesMs: {}, totalMs: 1500 });
  return checkRecord("exec", target, tally);
}

test("up passes, down is a failure, what could not be found out an error", () => {
  const records = [
    record("a", up("PROCOK", "fine")),
    record("b", down("PROCERR", "no", { output: "<&\n" })),
    record("c", unknown("cannot", "UNK")),
  ];
  const xml = [...junitXml([{ name: "s", verdict: "down", records }])].join("");
  const head = '<testsuite name="s" tests="3" failures="1" errors="1" skipped="0" time="4.500">';
  const cases = [
    '<testcase classname="check.exec" name="a" time="1.500"></testcase>',
    '<testcase classname="check.exec" name="b" time="1.500"><failure type="PROCERR" message="no"/><system-out>&#60;&#38;&#10;</system-out></testcase>',
    '<testcase classname="check.exec" name="c" time="1.500"><error type="UNK" message="cannot"/></testcase>',
  ];
  for (const part of [head, ...cases]) assert.ok(xml.includes(part), `${part}\n${xml}`);
});

test("what is not up is skipped where the suite is up without it", () => {
  const records = [record("a", up("PROCOK", "fine")), record("b", down("PROCERR", "no"))];
  const xml = [...junitXml([{ name: "s", verdict: "up", records }])].join("");
  const head = '<testsuite name="s" tests="2" failures="0" errors="0" skipped="1" time="3.000">';
  assert.ok(xml.includes(head), xml);
  assert.match(
    xml,
    /name="b" [^>]*><skipped message="no \(PROCERR\), but enough are up without it"\/>/,
  );
});

test("no text breaks out of its place, and what XML has no place for is replaced", () => {
  assert.equal(xmlText(`"'<>&\t`), "&#34;&#39;&#60;&#62;&#38;&#9;");
  assert.equal(xmlText("\0\x1b\ud800\ufffe"), "\ufffd".repeat(4));
  assert.equal(xmlText("ä€😀"), "ä€😀");
});
