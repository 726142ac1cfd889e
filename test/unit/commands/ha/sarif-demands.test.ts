/** What SARIF 2.1.0 demands of a document, of all kinds of findings in one. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkConfiguration } from "../../../../src/app/ha/check-configuration.ts";
import { sarif } from "../../../../src/commands/ha/sarif.ts";
import { SURROUNDINGS } from "../../../support/conf.ts";
import { hostOf } from "../../../support/effective.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { ROOT } from "../../../support/sources.ts";

const FOLDER = join(ROOT, "test/vectors/conf-findings");
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith(".conf"));
const WISH = {
  surroundings: SURROUNDINGS,
  host: hostOf({ eth0: "10.0.0.1/24" }),
  tellsUnused: true,
};

/** @param directory what its files are called by */
function documentOf(directory: string) {
  const findings = NAMES.flatMap((name) => {
    const path = `${directory}${name}`;
    const files = new FakeConfigurationFiles({ [path]: readFileSync(join(FOLDER, name)) });
    return checkConfiguration(path, WISH, files).findings;
  });
  return { findings, run: sarif(findings, "1.2.3").runs[0] };
}
const { findings, run } = documentOf("/etc/a b%41#?:\u00e9\u{1d11e}/");
const results = run?.results ?? [];
const locations = results.flatMap((one) => [...one.locations, ...(one.relatedLocations ?? [])]);
const changes = results.flatMap(({ fixes }) => fixes ?? []).flatMap((fix) => fix.artifactChanges);

test("each result is of a rule that the driver has, at its index, and rules are there once", () => {
  const rules = run?.tool.driver.rules ?? [];
  assert.ok(rules.length > 150);
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  for (const { ruleId, ruleIndex, level } of results) {
    assert.equal(rules[ruleIndex]?.id, ruleId);
    assert.ok(["error", "warning", "note"].includes(level));
  }
  for (const { shortDescription, fullDescription } of rules) {
    assert.notEqual(shortDescription.text, "");
    assert.notEqual(fullDescription.text, "");
  }
});

test("a region is in one line, from 1, and does not end before it begins", () => {
  const regions = [
    ...locations.map(({ physicalLocation }) => physicalLocation.region),
    ...changes.flatMap((one) => one.replacements.map(({ deletedRegion }) => deletedRegion)),
  ];
  for (const { startLine, startColumn, endColumn } of regions) {
    assert.ok(startLine >= 1 && startColumn >= 1 && endColumn >= startColumn);
    assert.ok([startLine, startColumn, endColumn].every(Number.isInteger));
  }
});

test("a URI has the characters of one alone, and is that of the file", () => {
  const uris = locations.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri);
  for (const [index, uri] of uris.entries()) {
    assert.match(uri, /^file:\/\/\/etc\/([\w.!~*'()-]|%[0-9A-F]{2})+\/vk[\w.]+$/, `${index}`);
    assert.ok(
      decodeURIComponent(new URL(uri).pathname).startsWith("/etc/a b%41#?:\u00e9\u{1d11e}/vk"),
    );
  }
});

test("a relative path stays relative, also one that looks like a scheme", () => {
  const place = { line: 1, column: 1, definedAt: null };
  const [found] = findings;
  const of = (path: string): string | undefined => {
    const span = { place: { ...place, file: { path, lines: [], includedFrom: null } }, length: 0 };
    const [result] =
      sarif([{ ...(found as never as object), span } as never], "1").runs[0]?.results ?? [];
    return result?.locations[0]?.physicalLocation.artifactLocation.uri;
  };
  assert.equal(of("conf.d/a b.conf"), "conf.d/a%20b.conf");
  assert.equal(of("http:a.conf"), "http%3Aa.conf");
});

test("braces of a message are doubled, for a single one begins a placeholder", () => {
  const texts = [
    ...results.map((one) => one.message.text),
    ...results.flatMap((one) => (one.relatedLocations ?? []).map(({ message }) => message.text)),
    ...(run?.tool.driver.rules ?? []).flatMap((one) => [
      one.shortDescription.text,
      one.fullDescription.text,
    ]),
  ];
  assert.ok(texts.some((text) => text.includes("{{")));
  for (const text of texts)
    assert.doesNotMatch(text.replaceAll("{{", "").replaceAll("}}", ""), /[{}]/);
  for (const text of texts) assert.notEqual(text, "");
});

test("a fix has one change for a file, with something replaced", () => {
  for (const { fixes = [] } of results) {
    for (const { artifactChanges } of fixes) {
      const uris = artifactChanges.map(({ artifactLocation }) => artifactLocation.uri);
      assert.ok(uris.length > 0);
      assert.equal(new Set(uris).size, uris.length);
    }
  }
  assert.ok(changes.length > 0);
  for (const { replacements } of changes) assert.ok(replacements.length > 0);
});
