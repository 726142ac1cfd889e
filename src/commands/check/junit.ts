/** Checks as JUnit XML, which the servers of continuous integration read: a suite for each check. */
import type { CheckRecord } from "../../app/check/check-record.ts";

export interface JunitSuite {
  readonly name: string;
  readonly records: readonly CheckRecord[];
}

/** Down is a failure; what could not be found out is an error. */
export function* junitXml(suites: readonly JunitSuite[]): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="vipkit check run">\n';
  for (const { name, records } of suites) {
    const count = (verdict: CheckRecord["verdict"]): number =>
      records.filter((record) => record.verdict === verdict).length;
    const counts = `tests="${records.length}" failures="${count("down")}" errors="${count("unknown")}"`;
    yield `  <testsuite name="${xmlText(name)}" ${counts} time="${seconds(records)}">\n`;
    for (const record of records) yield testCase(record);
    yield "  </testsuite>\n";
  }
  yield "</testsuites>\n";
}

function testCase(record: CheckRecord): string {
  const { kind, target, verdict, class: code, detail, facts } = record;
  const output =
    typeof facts.output === "string" && facts.output !== ""
      ? `<system-out>${xmlText(facts.output)}</system-out>`
      : "";
  const tag = { up: "", down: "failure", unknown: "error" }[verdict];
  const trouble =
    tag === "" ? "" : `<${tag} type="${xmlText(code)}" message="${xmlText(detail)}"/>`;
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
