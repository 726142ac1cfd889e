/** What a doctor found, as lines for people. */
import type { IpvsDoctorReport } from "../app/ipvs/doctor.ts";
import { printable } from "../core/printable.ts";
import type { Paint } from "./define.ts";

type Finding = IpvsDoctorReport["findings"][number];

/** `FAIL  firewall: what was seen`, and below it what would help, indented alike. */
export function findingLines(finding: Finding, paint: Paint): string[] {
  const { check, verdict, seen, fix } = finding;
  const { word, colour } = VERDICTS[verdict];
  const mark = word.padEnd(INDENT);
  const painted = colour === null ? mark : paint[colour](word) + mark.slice(word.length);
  return [
    `${painted}${printable(`${check}: ${seen}`)}`,
    ...fix.map((line) => " ".repeat(INDENT) + printable(line)),
  ];
}

const VERDICTS = {
  ok: { word: "ok", colour: "green" },
  fail: { word: "FAIL", colour: "red" },
  warn: { word: "warn", colour: "yellow" },
  skip: { word: "skip", colour: null },
} as const;
const INDENT = 6;
