/** What is shown of what is in force: read again it says the same, and it tells no secret. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { effectiveLines } from "../../../../src/commands/ha/effective-text.ts";
import { blocksOf, type ShownBlock } from "../../../../src/config/effective/blocks.ts";
import { effectiveVrrp } from "../../../../src/config/effective/configuration.ts";
import { readConf } from "../../../support/conf.ts";
import { effective, instance } from "../../../support/effective.ts";
import { CONF_FILES } from "../../../vectors/conf-files.ts";

const shown = (lines: readonly string[]): ShownBlock[] =>
  blocksOf(effectiveVrrp(readConf(...lines).conf, null, () => {}));

const wordsOf = (blocks: readonly ShownBlock[]): string[] =>
  effectiveLines(blocks).map((line) => line.replace(/ +# .*$/, ""));

/** What is in force of these no words can say. */
const UNWRITABLE: Readonly<Record<string, string>> = {
  "least announcements": "vrrp_min_garp makes a repeat 0, which may not be written",
};

test("read again, what is shown is the same once more", () => {
  const different: string[] = [];
  for (const { name, lines } of CONF_FILES) {
    const blocks = shown(lines);
    const words = wordsOf(blocks);
    if (words.some((line) => line.includes("***"))) continue;
    if (wordsOf(shown(words)).join("\n") !== words.join("\n")) different.push(name);
  }
  assert.deepEqual(different, Object.keys(UNWRITABLE));
});

test("a password and keys are not shown, nor how long they are", () => {
  const secret = "k".repeat(40);
  const hmac = `auth_hmac {; key 1 ${secret}; key 2 file:/etc/key; active_key 1; }`;
  const text = `${instance("authentication {; auth_type PASS; auth_pass pw; }")}; ${instance(hmac, "w", 6, "10.0.0.6")}`;
  const lines = effectiveLines(blocksOf(effective(text).vrrp)).map((line) => line.trim());
  assert.ok(lines.includes("auth_pass ***"));
  assert.deepEqual(
    lines.flatMap((line) => (line.startsWith("key ") ? line.replace(/ +#.*/, "") : [])),
    ["key 1 ***", "key 2 file:/etc/key"],
  );
  assert.doesNotMatch(lines.join("\n"), /kkk|pw/);
});
