/** Whatever is in the files, the front end neither throws nor hangs, and each place is inside its file. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Place, Span } from "../../../src/config/place.ts";
import { argvOf, shellWords } from "../../../src/config/shell-words.ts";
import type { Statement } from "../../../src/config/statement.ts";
import { mutatedOf } from "../../support/arbitraries.ts";
import { readSmall } from "../../support/conf.ts";
import { CONF_SAMPLES } from "../../support/conf-samples.ts";

const CORPUS = "../shared/corpus";
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a sample and each mutation of it", () => {
  for (const sample of CONF_SAMPLES) check(encode(sample));
  fc.assert(
    fc.property(mutatedOf(CONF_SAMPLES.map(encode)), (bytes) => check(bytes)),
    { numRuns: 500 },
  );
});

test("lines made of what the language knows", () => {
  const piece = fc.oneof(
    fc.constantFrom(...["{", "}", '"', "'", "\\", " ", "\t", "#", "!", "\\#", ",", ")", "(", "\r"]),
    fc.constantFrom("$A", "${A}", "$B ", "${B}", "$A=", "$B=", "${_PWD}", "${_RANDOM 1 2}", "${"),
    fc.constantFrom(
      "@one ",
      "@^one ",
      "@",
      "~SEQ(A,3) ",
      "~SEQ(B,$A)",
      "~SEQx(A,9,",
      "~LST(A,x,$B)",
    ),
    fc.constantFrom(
      "include a.conf",
      "include *",
      "includea {b,c}",
      "include_check ",
      "global_defs",
    ),
    fc.constantFrom(
      "vrrp_instance a ",
      "virtual_ipaddress ",
      "track_file ",
      "priority 1",
      "x",
      "0",
    ),
    fc.string({ maxLength: 3 }),
  );
  const line = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  const goesOn = fc.constantFrom("\n", "\n", " \\\n", "\r\n");
  const file = fc
    .array(fc.tuple(line, goesOn), { maxLength: 20 })
    .map((lines) => encode(lines.flat().join("")));
  fc.assert(fc.property(file, file, check), { numRuns: 1000 });
});

const skip = !existsSync(CORPUS) && `needs ${CORPUS}`;

test("real configurations and mutations of them", { skip }, () => {
  const names = readdirSync(CORPUS).filter((name) => name.endsWith(".conf"));
  const files = names.map((name) => new Uint8Array(readFileSync(`${CORPUS}/${name}`)));
  for (const file of files) check(file);
  fc.assert(
    fc.property(mutatedOf(files), (bytes) => check(bytes)),
    { numRuns: 200 },
  );
});

function check(main: Uint8Array, other: Uint8Array = main): void {
  const read = readSmall(main, { "/etc/b.conf": other, "/etc/part/a.inc": other });
  for (const { span } of read.findings) checkSpan(span);
  read.statements.forEach(checkStatement);
}

function checkStatement({ words, text, block }: Statement): void {
  for (const { span } of words) checkSpan(span);
  for (const word of shellWords(text, ({ span }) => checkSpan(span))) {
    checkSpan(word.span);
    argvOf(word, ({ span }) => checkSpan(span));
  }
  if (block === null) return;
  checkSpan(block.open);
  if (block.close !== null) checkSpan(block.close);
  block.statements.forEach(checkStatement);
}

function checkSpan({ place, length }: Span): void {
  checkPlace(place, length);
  if (place.definedAt !== null) checkPlace(place.definedAt, 0);
}

function checkPlace({ file, line, column }: Place, length: number): void {
  const written = file.lines[line - 1] ?? (line === 1 ? "" : undefined);
  assert.ok(written !== undefined, `${file.path} has no line ${line}`);
  const isInside = column >= 1 && length >= 0 && column - 1 + length <= written.length;
  assert.ok(isInside, `${file.path}:${line}:${column}+${length} of '${written}'`);
}
