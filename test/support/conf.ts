/** Configurations of tests: a text, its statements, what a table reads from it and what is found. */

import { loadConfiguration } from "../../src/app/ha/load-configuration.ts";
import { present, text } from "../../src/config/arguments.ts";
import { blockOf, named, readBlock } from "../../src/config/block.ts";
import type { Surroundings } from "../../src/config/built-in.ts";
import type { Finding } from "../../src/config/finding.ts";
import { type Argument, keyword, type Table } from "../../src/config/keyword.ts";
import { listOf } from "../../src/config/list.ts";
import { formatPlace } from "../../src/config/place.ts";
import { Reading } from "../../src/config/reading.ts";
import type { Statement } from "../../src/config/statement.ts";
import { type Configuration, ROOT } from "../../src/config/tables/root.ts";
import { FakeConfigurationFiles } from "./fake-configuration-files.ts";

/** `a.conf:2:3 vk103 unknown keyword 'x'`: a line for each finding. */
export const foundLines = (findings: readonly Finding[]): string[] =>
  findings.map(({ kind, span, message }) => `${formatPlace(span.place)} ${kind.code} ${message}`);

/** Few keywords, with blocks in blocks, one of them also outside. */
const TRACK_FILE = blockOf({ file: keyword("", text("FILE")) });
export const SMALL_TABLE: Table = {
  global_defs: keyword("", blockOf({ router_id: keyword("", text("NAME")) })),
  track_file: keyword("", named(text("NAME"), TRACK_FILE)),
  net_namespace: keyword("", text("NAME")),
  vrrp_instance: keyword(
    "",
    named(
      text("NAME"),
      blockOf({
        priority: keyword("", text("NUMBER")),
        nopreempt: keyword("", present),
        track_file: keyword("", { usage: "{ NAME ... }", read: () => [] }),
        virtual_ipaddress: keyword("", { usage: "{ ADDRESS ... }", read: () => [] }),
      }),
    ),
  ),
};

export const SURROUNDINGS: Surroundings = {
  configId: "one",
  environment: (name) => (name === "HOME" ? "/root" : undefined),
  random: () => 0.5,
};

/**
 * Reads /etc/a.conf.
 * @returns each statement as a line, `global_defs { router_id "a b" }`, and the findings
 */
export function readSmall(
  main: string | Uint8Array,
  others: Readonly<Record<string, string | Uint8Array>> = {},
) {
  const files = new FakeConfigurationFiles({ ...others, "/etc/a.conf": main });
  const loaded = loadConfiguration("/etc/a.conf", SMALL_TABLE, SURROUNDINGS, files);
  const found = foundLines(loaded.findings).map((line) => line.replace(/^\/etc\//, ""));
  return { ...loaded, written: loaded.statements.map(written), found };
}

export function written({ words, block }: Statement): string {
  const line = words.map((word) => (word.isQuoted ? `"${word.text}"` : word.text)).join(" ");
  if (block === null) return line;
  return [line, "{", ...block.statements.map(written), "}"].join(" ");
}

/** What the tables read from a text, and all that is found in it. */
export function readConf(...lines: string[]): {
  conf: Configuration;
  found: string[];
  findings: Finding[];
} {
  const { statements, findings: before } = loadLines(lines);
  const findings = [...before];
  const conf = readBlock(statements, ROOT, "", (one) => findings.push(one));
  return { conf, found: foundLines(findings), findings };
}

/** The statements of a text, by the real tables. */
export const statementsOf = (lines: readonly string[], path?: string): readonly Statement[] =>
  loadLines(lines, path).statements;

function loadLines(lines: readonly string[], path = "a.conf") {
  const files = new FakeConfigurationFiles({ [path]: `${lines.join("\n")}\n` });
  return loadConfiguration(path, ROOT, SURROUNDINGS, files);
}

/** What an argument reads of `key WORDS`. */
export function readArgument<V>(
  argument: Argument<V>,
  words: string,
): { value: V | undefined; found: string[] } {
  const findings: Finding[] = [];
  const [statement] = statementsOf([`key ${words}`]);
  const reading = new Reading(statement as Statement, (one) => findings.push(one));
  const value = argument.read(reading);
  return { value, found: foundLines(findings) };
}

/** What a list reads: each entry is a line. */
export function readEntries<V>(
  entry: Argument<V>,
  ...entries: string[]
): { values: V[]; found: string[] } {
  const findings: Finding[] = [];
  const [statement] = statementsOf(["list {", ...entries, "}"]);
  const reading = new Reading(statement as Statement, (one) => findings.push(one));
  const settings = listOf(entry).read(reading) ?? [];
  return { values: settings.map(({ value }) => value), found: foundLines(findings) };
}

/** Of settings those that were written, by their keyword. */
export const said = (values: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, setting]) => {
      if (setting === null || (Array.isArray(setting) && setting.length === 0)) return [];
      const plain = Array.isArray(setting) ? setting.map(({ value }) => value) : setting.value;
      return [[name, plain]];
    }),
  );
