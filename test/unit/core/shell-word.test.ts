import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { shellWord } from "../../../src/core/shell-word.ts";

test("a plain word stays as it is", () => {
  for (const word of ["eth0", "br-lan.5", "net/ipv4/conf/eth0/rp_filter=2", "fe80::1", "a@b"]) {
    assert.equal(shellWord(word), word);
  }
});

test("a shell reads back what was written, whatever it is", () => {
  for (const word of ["$(halt)", "a b", "it's", "`x`", "*", "a;b", "!x", "~", "", '"', "\\"]) {
    const { stdout } = spawnSync("sh", ["-c", `printf %s ${shellWord(word)}`], {
      encoding: "utf8",
    });
    assert.equal(stdout, word);
  }
});

test("what a terminal would obey is escaped", () => {
  assert.equal(shellWord("a\x1b[2J"), "'a\\x1b[2J'");
});
