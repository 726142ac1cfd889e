/** Whatever bytes a file has, check, fix, show, fmt and simulate come to an end, and each place is inside its file. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { checkConfiguration } from "../../../src/app/ha/check-configuration.ts";
import { checkTogether } from "../../../src/app/ha/check-together.ts";
import { provenFixes } from "../../../src/app/ha/proven-fixes.ts";
import { formatFile } from "../../../src/app/ha/rewrite-file.ts";
import { clusterOf } from "../../../src/app/ha/simulate/cluster-of.ts";
import { effectiveLines, effectiveRecord } from "../../../src/commands/ha/effective-text.ts";
import { findingRecord } from "../../../src/commands/ha/finding-record.ts";
import { sarif } from "../../../src/commands/ha/sarif.ts";
import type { Place, Span } from "../../../src/config/place.ts";
import { blocksOf } from "../../../src/config/shown/blocks.ts";
import { SystemError } from "../../../src/core/errors.ts";
import { mutatedOf } from "../../support/arbitraries.ts";
import { SURROUNDINGS } from "../../support/conf.ts";
import { hostOf } from "../../support/effective.ts";
import { FakeConfigurationFiles } from "../../support/fake-configuration-files.ts";
import { ROOT } from "../../support/sources.ts";

const HOST = hostOf({ eth0: "10.0.0.1/24 fe80::1/64", eth1: "10.1.0.1/24" });
const filesOf = (folder: string): Uint8Array[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".conf"))
        .map((name) => new Uint8Array(readFileSync(join(folder, name))))
        .filter((bytes) => bytes.length > 0 && bytes.length < 20_000)
    : [];
const FILES = [
  ...filesOf(join(ROOT, "test/vectors/conf-findings")),
  ...filesOf(join(ROOT, "../shared/corpus")), // where it is there
];

test("two files, each a mutation of one that is known, through all that is done with files", () => {
  const mutated = mutatedOf(FILES);
  fc.assert(fc.property(mutated, mutated, check), { numRuns: 250 });
});

function check(one: Uint8Array, other: Uint8Array): void {
  const files = new FakeConfigurationFiles({ "/etc/a.conf": one, "/etc/b.conf": other });
  const wish = { surroundings: SURROUNDINGS, host: HOST, tellsUnused: true };
  const checked = ["/etc/a.conf", "/etc/b.conf"].map((path) =>
    checkConfiguration(path, wish, files),
  );
  for (const [index, path] of ["/etc/a.conf", "/etc/b.conf"].entries()) {
    const shown = checked[index];
    if (shown === undefined) continue;
    const blocks = blocksOf(shown);
    effectiveLines(blocks);
    blocks.map(effectiveRecord);
    unlessRefused(() => provenFixes(path, shown, wish, files));
    unlessRefused(() => formatFile(path, files));
  }
  for (const { findings } of checkTogether(checked, null, null)) {
    sarif(findings, "1");
    for (const found of findings) {
      findingRecord(found);
      for (const { span } of [found, ...found.related, ...found.edits]) checkSpan(span);
    }
  }
  clusterOf(checked.map(({ vrrp }, index) => ({ name: `n${index}`, vrrp })));
}

/** What cannot be rewritten is refused with a reason. */
function unlessRefused(run: () => void): void {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof SystemError, String(error));
  }
}

function checkSpan({ place, length }: Span): void {
  checkPlace(place, length);
  if (place.definedAt !== null) checkPlace(place.definedAt, 0);
}

/** What is put in as a line of its own stands behind the last one. */
function checkPlace({ file, line, column }: Place, length: number): void {
  const written = file.lines[line - 1] ?? (line === file.lines.length + 1 ? "" : undefined);
  assert.ok(written !== undefined, `${file.path} has no line ${line}`);
  const isInside = column >= 1 && length >= 0 && column - 1 + length <= written.length;
  assert.ok(isInside, `${file.path}:${line}:${column}+${length} of '${written}'`);
}
