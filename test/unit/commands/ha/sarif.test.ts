/** SARIF: one rule for each kind, and regions that end where the finding does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sarif } from "../../../../src/commands/ha/sarif.ts";
import { UNKNOWN_KEYWORD, UNUSED_WORDS } from "../../../../src/config/codes/words.ts";
import { finding } from "../../../../src/config/finding.ts";

const file = { path: "/etc/keepalived/a b.conf", lines: ["priorty 100"], includedFrom: null };
const span = { place: { file, line: 1, column: 1, definedAt: null }, length: 7 };

test("each kind is a rule once, and each result names its rule and place", () => {
  const edits = [{ span, text: "priority" }];
  const found = [
    finding(UNUSED_WORDS, span, "m"),
    finding(UNKNOWN_KEYWORD, span, "unknown keyword", { help: "write priority", edits }),
    finding(UNKNOWN_KEYWORD, span, "again"),
  ];
  const [run] = sarif(found, "1.2.3", true).runs;
  assert.deepEqual(
    run?.tool.driver.rules.map(({ id }) => id),
    ["vk103", "vk104"],
  );
  assert.deepEqual(
    run?.results.map(({ ruleIndex, level }) => [ruleIndex, level]),
    [
      [1, "warning"],
      [0, "error"],
      [0, "error"],
    ],
  );
  const second = run?.results[1];
  assert.equal(second?.message.text, "unknown keyword\nwrite priority");
  assert.deepEqual(second?.locations[0]?.physicalLocation, {
    artifactLocation: { uri: "file:///etc/keepalived/a%20b.conf" },
    region: { startLine: 1, startColumn: 1, endColumn: 8 },
  });
  assert.equal(
    second?.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent.text,
    "priority",
  );
});
