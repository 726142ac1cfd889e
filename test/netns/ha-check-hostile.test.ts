/**
 * Files that are made to hurt, read by the whole program with bounded memory: each ends, with one finding or
 * one line that says why it was not read.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { BIN } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "vipkit-hostile-"));
after(() => rmSync(folder, { recursive: true }));

function check(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const node = ["--max-old-space-size=200", BIN, "ha", "check", ...words];
  return spawnSync(process.execPath, node, { encoding: "utf8", cwd: folder, timeout: 60_000 });
}

mkdirSync(join(folder, "directory"));
execFileSync("mkfifo", [join(folder, "fifo")]);

for (const [path, why] of [
  ["/dev/zero", "is no regular file"],
  ["directory", "is a directory"],
  ["fifo", "is no regular file"],
  ["/proc/self/mem", "i/o error"],
  ["missing", "no such file or directory"],
] as const) {
  test(`${path} is not read`, () => {
    const { status, stdout, stderr } = check(path);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, new RegExp(`^vipkit ha check: read ${path}: ${why} \\([^\\n]*\\)\\n$`));
  });

  test(`${path} is not included`, () => {
    writeFileSync(join(folder, "a.conf"), `includea ${path}\n`);
    const { status, stdout } = check("a.conf");
    assert.equal(status, 1);
    assert.equal(stdout.match(/\[vk\d+\]/g)?.length, 1, stdout);
    assert.match(stdout, /^a.conf:1:10: error\[vk13[02]\]/);
  });
}

const NESTED = Object.fromEntries(
  Array.from({ length: 1100 }, (_, n) => [`n${n}`, `include n${n + 1}\n`]),
);

const use = (name: string): string => `\${${name}}`;
const DOUBLING = Array.from({ length: 61 }, (_, n) => {
  const inner = n === 0 ? "eth0" : use(`A${n - 1}`);
  return `$A${n}= \\\n${inner} \\\n${inner}\n`;
}).join("");

const FILES: readonly (readonly [what: string, main: string | Uint8Array, code: string])[] = [
  ["a line of 10 MB", `a ${"b".repeat(10_000_000)}`, "vk108"],
  ["10 MB of blanks", `a${" ".repeat(10_000_000)}b`, "vk108"],
  ["16 MB of carriage returns inside a line", `a${"\r".repeat(16_000_000)}b`, "vk108"],
  ["16 MB of line ends", "\n".repeat(16_000_000), "vk115"],
  ["2,500,000 patterns", `include ${"{a,b}".repeat(9)}*\n`.repeat(5000), "vk115"],
  ["16 MB of NUL bytes", new Uint8Array(16_000_000), "vk107"],
  ["text in another encoding", new Uint8Array([0x23, 0xe9, 0x0a, 0x23, 0xe8, 0x0a]), "vk109"],
  ["braces that nothing closes", "garp_group {\ninterfaces {\n", "vk118"],
  ["a million opened braces", "{".repeat(1_000_000), "vk108"],
  ["100,000 closed braces", "}\n".repeat(100_000), "vk117"],
  ["a quote that nothing closes", 'global_defs {\nrouter_id "a\n}\n', "vk110"],
  ["1,100 nested includes", "include n0\n", "vk115"],
  ["a loop of includes", "include b.conf\n", "vk134"],
  ["~SEQ over a billion values", "~SEQ(N, 1, 1000000000) a $N\n", "vk115"],
  ["a definition that contains itself", `$A=${use("B")}\n$B=${use("A")}\n${use("A")}\n`, "vk112"],
  ["definitions that double each other", `${DOUBLING}linkbeat_interfaces {\n$A60\n}\n`, "vk115"],
];

for (const [what, main, code] of FILES) {
  test(`${what}: one finding`, () => {
    const others: Record<string, string> = what.includes("nested") ? NESTED : {};
    for (const [name, text] of Object.entries({ ...others, "b.conf": "include a.conf\n" }))
      writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, "a.conf"), main);
    const { status, stdout, stderr } = check("a.conf");
    assert.ok(status === 1 || (status === 0 && code === "vk109"), `${status} ${stderr}`);
    // What an instance lacks that is cut off there is another matter.
    const codes = stdout.match(/(?<=\[)vk[12]\d+(?=\])/g);
    assert.deepEqual(codes, [code], stdout.slice(0, 2000));
  });
}
