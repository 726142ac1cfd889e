/** What is shown of what is in force: read again it says the same, and it tells no secret. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { effectiveLines } from "../../../../src/commands/ha/effective-text.ts";
import { examine } from "../../../../src/config/examine.ts";
import { blocksOf } from "../../../../src/config/shown/blocks.ts";
import { asWritten, type Shown } from "../../../../src/config/shown/shown.ts";
import { readConf } from "../../../support/conf.ts";
import { instance, linesOf } from "../../../support/effective.ts";
import { keepalivedSamples, samplesMissing } from "../../../support/keepalived-samples.ts";
import { CONF_FILES } from "../../../vectors/conf-files.ts";
import { CONF_LVS_FILES } from "../../../vectors/conf-lvs-files.ts";

function shown(lines: readonly string[]): Shown {
  const { conf } = readConf(...lines);
  return blocksOf({ configuration: conf, ...examine(conf, null, () => {}) });
}

/** Without the comments that tell where it comes from. */
const wordsOf = (blocks: Shown): string[] =>
  effectiveLines(blocks).flatMap((line) => line.replace(/(^| +)# .*$/, "").trimEnd() || []);

/** What is in force of these no words can say. */
const UNWRITABLE: Readonly<Record<string, string>> = {
  "least announcements": "vrrp_min_garp makes a repeat 0, which may not be written",
  "DR without port": "the server has the port of the virtual one, its check none",
  "NAT without port": "the server has the port of the virtual one, its check none",
};

/** Whose words, once they are shown and read again, are others. Any password will do. */
const differentOf = (files: readonly Named[], chosen: (all: Shown) => Shown): string[] =>
  files.flatMap(({ name, lines }) => {
    const words = wordsOf(shown(lines));
    const said = wordsOf(chosen(shown(lines))).map((line) => line.replace("***", "secret"));
    return wordsOf(shown(said)).join("\n") === words.join("\n") ? [] : name;
  });

interface Named {
  readonly name: string;
  readonly lines: readonly string[];
}

for (const [what, chosen] of [
  ["is shown", (all: Shown) => all],
  ["is written or corrected", asWritten],
] as const) {
  test(`read again, what ${what} is the same once more`, () => {
    const different = differentOf([...CONF_FILES, ...CONF_LVS_FILES], chosen);
    assert.deepEqual(different, Object.keys(UNWRITABLE));
  });

  test(`read again, what ${what} of keepalived's samples is the same once more`, {
    skip: samplesMissing,
  }, () => {
    assert.deepEqual(differentOf(keepalivedSamples(), chosen), []);
  });
}

test("a password and keys are not shown, nor how long they are", () => {
  const secret = "k".repeat(40);
  const hmac = `auth_hmac {; key 1 ${secret}; key 2 file:/etc/key; active_key 1; }`;
  const text = `${instance("authentication {; auth_type PASS; auth_pass pw; }")}; ${instance(hmac, "w", 6, "10.0.0.6")}; SSL {; password kkk; }`;
  const lines = effectiveLines(shown(linesOf(text))).map((line) => line.trim());
  assert.ok(
    lines.some((line) => /^auth_pass \*{3} +# \S+:6$/.test(line)),
    lines.join("\n"),
  );
  assert.deepEqual(
    lines.flatMap((line) => (/^(key|password) /.test(line) ? line.replace(/ +#.*/, "") : [])),
    ["password ***", "key 1 ***", "key 2 file:/etc/key"],
  );
  assert.doesNotMatch(lines.join("\n"), /kkk|pw/);
});
