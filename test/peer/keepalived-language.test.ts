/** Debian's keepalived and ours read the same words from the same lines. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readSmall } from "../support/conf.ts";
import { labMissing } from "../support/netns.ts";

/** Of `include_check` keepalived repeats each argument that it does not know. */
const LINES: readonly string[] = [
  'include_check "a b"c d',
  'include_check x"y z"w "" q',
  "include_check a\\#b q # comment",
  'include_check a"#"b c\\!d ! c',
  "include_check 'q r'",
  'include_check "a\\#b" "c\\!d" e\\#f \\g \\\\h \\\\#comment',
  "$X=a $Y b",
  "$Y=y1,y2",
  "$E=",
  "$W=  lead  trail   ",
  "include_check 1$X 2 $X, $X) ${X}c $X",
  "include_check 3[$W] ${W}| e${E}f $E g",
  'include_check "$W" "${W}|" x$W $W \\$Y "$Y x" "${_HASH} in"',
  "include_check ${_INSTANCE} ${_HASH}a",
  "include_check ${_RANDOM 5 5}", // what stands behind it 2.2.7 mangles
  "~SEQ(V, 3) include_check 7 e$V f${V} g$Vx",
  "~SEQ(V1,1,2)include_check $V1",
  "~SEQx(V2,0x90,0x10,0xb0) ~SEQ(V3,2) include_check ${V2}:${V3}",
  "~SEQ(P1,5,1) include_check $P1",
  "~SEQ(P2,1,2,6) include_check $P2",
  "~SEQ(P3,6,-1,6) include_check $P3",
  "~SEQ(P4,010,9) include_check $P4",
  "~SEQ(P5,0) include_check $P5",
  "~SEQ(P6,2) ~SEQ(P7,$P6) include_check ${P6}${P7}",
  "~LST(L1, a, b,,d) include_check x${L1}y",
  "~LST({L2, L3}, {10,1},{20}) include_check ${L2}:${L3}",
  "@one include_check c1",
  "@two include_check c2",
  "@^one include_check c3",
  "@^two include_check c4",
  "$C=@one",
  "$D=@two include_check d1",
  "$D",
  "$M= \\",
  " include_check m1 $N \\",
  "# between",
  " @two include_check m2 \\",
  " $N=n2 \\",
  " include_check m3 $N",
  "$N=n1",
  "$M",
  "${M}",
  "$Q=~SEQ(Z,2) include_check $Z",
  "$Q",
  "include_check \\$Y after",
];

test("the words of definitions, generators, conditions, comments and quotes", {
  skip: labMissing("keepalived"),
}, () => {
  const conf = `global_defs {\n${LINES.join("\n")}\n}\n`;
  assert.deepEqual(ourWords(conf), wordsOfKeepalived(conf));
});

/** `3 a b`: the number of a line and a word. */
function wordsOfKeepalived(conf: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-language-"));
  try {
    const path = join(folder, "a.conf");
    writeFileSync(path, conf);
    const args = ["-t", "-f", path, "-i", "one"];
    const { stderr } = spawnSync("keepalived", args, { encoding: "utf8", timeout: 20_000 });
    // The other processes, which read it again, name the file.
    const told = /\(Line (\d+)\) .* include_check (?:type )?'(.*)' (?:specified )?- ignoring/;
    return stderr.split("\n").flatMap((line) => {
      const [, number, word] = told.exec(line) ?? [];
      return number === undefined ? [] : [`${number} ${word}`];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ourWords(conf: string): string[] {
  const { statements, findings } = readSmall(conf);
  const told = findings.map(({ kind, span }) => `${span.place.line} ${kind.code}`);
  const lineOf = (isIt: (line: string) => boolean): number => LINES.findIndex(isIt) + 2;
  const cut = lineOf((line) => line.endsWith("#comment")); // inside a word
  const between = lineOf((line) => line === "# between");
  assert.deepEqual(told, [`${cut} vk127`, `${between} vk125`]);
  return (statements[0]?.block?.statements ?? []).flatMap(({ words }) =>
    words.slice(1).map((word) => `${word.span.place.line} ${word.text}`),
  );
}
