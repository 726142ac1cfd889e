/** Checks as JUnit XML, which the servers of continuous integration read: a suite for each check. */
import type { CheckRecord } from "../../app/check/check-record.ts";

export interface JunitSuite {
  readonly name: string;
  readonly verdict: CheckRecord["verdict"]; // of all of it
  readonly records: readonly CheckRecord[];
}

/**
 * Down is a failure; what could not be found out is an error; and both are skipped where the suite is up
 * without them, so that failures and errors are there when the exit status says so, and only then.
 */
export function* junitXml(suites: readonly JunitSuite[]): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="vipkit check run">\n';
  for (const { name, verdict, records } of suites) {
    const tags = records.map((record) => tagOf(record, verdict));
    const count = (tag: string): number => tags.filter((it) => it === tag).length;
    const counts = `tests="${records.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
    yield `  <testsuite name="${xmlText(name)}" ${counts} time="${seconds(records)}">\n`;
    for (const record of records) yield testCase(record, tagOf(record, verdict));
    yield "  </testsuite>\n";
  }
  yield "</testsuites>\n";
}

type Tag = "" | "failure" | "error" | "skipped";

function tagOf({ verdict }: CheckRecord, ofAll: JunitSuite["verdict"]): Tag {
  if (verdict === "up") return "";
  if (ofAll === "up") return "skipped";
  return verdict === "down" ? "failure" : "error";
}

function testCase(record: CheckRecord, tag: Tag): string {
  const { kind, target, class: code, detail, facts } = record;
  const output =
    typeof facts.output === "string" && facts.output !== ""
      ? `<system-out>${xmlText(facts.output)}</system-out>`
      : "";
  const message = tag === "skipped" ? `${detail} (${code}), but enough are up without it` : detail;
  const type = tag === "skipped" ? "" : ` type="${xmlText(code)}"`; // which a skipped one has not
  const trouble = tag === "" ? "" : `<${tag}${type} message="${xmlText(message)}"/>`;
  const head = `    <testcase classname="check.${xmlText(kind)}" name="${xmlText(target)}" time="${seconds([record])}"`;
  return `${head}>${trouble}${output}</testcase>\n`;
}

const seconds = (records: readonly CheckRecord[]): string =>
  (records.reduce((sum, { total_ms }) => sum + (total_ms ?? 0), 0) / 1000).toFixed(3);

/** For content and attributes; what XML 1.0 section 2.2 has no place for becomes U+FFFD. */
export const xmlText = (text: string): string =>
  text
    .replace(FORBIDDEN, "\ufffd")
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
