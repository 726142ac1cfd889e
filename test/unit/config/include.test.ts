/** The include family: what each variant wants, as `keepalived -t` of Debian's 2.2.7 answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadConfiguration } from "../../../src/app/ha/load-configuration.ts";
import { alternatives, changedChecks } from "../../../src/config/include.ts";
import { foundLines, readSmall, SMALL_TABLE, SURROUNDINGS } from "../../support/conf.ts";
import { FakeConfigurationFiles } from "../../support/fake-configuration-files.ts";

const FILES = {
  "/etc/a.inc": "a",
  "/etc/b.inc": "b {\n include sub/*.inc\n}",
  "/etc/sub/c.inc": "c ${_PWD}\ninclude d.part",
  "/etc/sub/d.part": "d",
  "/etc/x.exe": "!x",
  "/etc/shut": "!EACCES",
  "/etc/folder": "!EISDIR",
};
const reads = (text: string, ...written: string[]): void => {
  const read = readSmall(text, FILES);
  assert.deepEqual(read.written, written);
  assert.deepEqual(read.found, []);
};
/** The codes of what is found. */
const codes = (text: string): string => {
  const { found } = readSmall(text, FILES);
  return found.map((line) => line.split(" ")[1]).join(" ");
};

test("patterns are relative to the including file, and found in their order", () => {
  reads("include b.inc\nz", "b { c /etc/sub d }", "z");
  reads(
    "include /etc/[ab].inc\nx {\ninclude {b,a}.inc\n}",
    "a",
    "b { c /etc/sub d }",
    "x { b { c /etc/sub d } a }",
  );
  reads("@one include a.inc\n@two include b.inc\n$I=a.inc\ninclude $I", "a", "a");
});

test("what is missing is an error where the variant wants it", () => {
  const wanted: Record<string, readonly string[]> = {
    "none.inc": ["m", "w", "a"],
    "*.none": ["w", "a"],
    "{a,none}.inc": ["b", "a"],
    "{no,none}.inc": ["b", "a"],
  };
  for (const [pattern, strict] of Object.entries(wanted)) {
    const tolerated = pattern.includes("*") ? "" : "vk131";
    for (const variant of ["", "r", "m", "w", "b", "a"]) {
      const expected = strict.includes(variant) ? "vk130" : tolerated;
      assert.equal(codes(`include${variant} ${pattern}`), expected, `include${variant} ${pattern}`);
    }
  }
});

test("what cannot be read is an error for each variant but the plain one, which skips it", () => {
  for (const name of ["x.exe", "shut", "folder"]) {
    assert.equal(codes(`include ${name}`), "vk133");
    for (const variant of ["r", "m", "w", "b", "a"]) {
      assert.equal(codes(`include${variant} ${name}`), "vk132");
    }
  }
  assert.deepEqual(readSmall("include x.exe\n include shut\n include folder", FILES).found, [
    "a.conf:1:9 vk133 /etc/x.exe is executable",
    "a.conf:2:10 vk133 /etc/shut cannot be read: permission denied (EACCES)",
    "a.conf:3:10 vk133 /etc/folder is a directory",
  ]);
});

test("include_check counts from its line on, in its file and what that includes", () => {
  const strict = "global_defs {\n include_check match\n}\n";
  assert.equal(codes(`include none\n${strict}include none`), "vk131 vk130");
  const files = { "/etc/s.conf": `${strict}include none`, "/etc/t.conf": "include none" };
  assert.deepEqual(
    readSmall("include s.conf\ninclude none", files).found.map((line) => line.slice(0, 19)),
    ["s.conf:4:9 vk130 'n", "a.conf:2:9 vk131 'n"],
  );
  assert.match(
    readSmall(`${strict}include t.conf`, files).found.join(),
    /^t.conf:1:9 vk130 [^,]*$/,
  );
  assert.equal(codes("x {\n include_check\n}\ninclude none"), "vk131");
});

test("include_check sets, adds and takes away", () => {
  const after = (...words: string[]) => [...changedChecks(words, new Set(["match"]))].join(" ");
  assert.equal(after(), "readable match wildcard_match brace_match");
  assert.equal(after("read"), "readable");
  assert.equal(after("+readable", "-match"), "readable");
  assert.equal(after("+brace_match", "wildcard_match"), "match brace_match wildcard_match");
});

test("an include without a pattern is told", () => {
  assert.deepEqual(readSmall("include").found, [
    "a.conf:1:8 vk119 'include' needs a file or a pattern behind it",
  ]);
  reads("includex a", "includex a");
});

test("a file that includes itself is not read again", () => {
  const loop = { "/etc/l.conf": "l\ninclude a.conf" };
  const { written, found } = readSmall("include l.conf\nz", loop);
  assert.deepEqual(written, ["l", "z"]);
  assert.deepEqual(found, ["l.conf:2:9 vk134 /etc/a.conf is included by itself"]);
});

test("1000 files inside each other are read, not one more", () => {
  const nested = (n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`/etc/${i}`, `include ${i + 1}`]));
  assert.match(readSmall("include 0", nested(999)).found.join(), /^999?8:1:9 vk131[^,]*$/);
  assert.match(
    readSmall("include 0", nested(1500)).found.join(),
    /vk115 \S+ is not read: 1000 files are inside each other$/,
  );
});

test("files that include each other many times are not read without end", () => {
  const many = {
    "/etc/m": "include n\n".repeat(200),
    "/etc/n": "include o\n".repeat(200),
    "/etc/o": "",
  };
  const { found } = readSmall("include m\n".repeat(10), many);
  assert.match(
    found.join(),
    /^[^,]*vk115 \/etc\/\w is not read: more than 10000 files are included$/,
  );
});

test("an executable main file is told and read", () => {
  assert.equal(readSmall("!x").found.join(), "a.conf:1:1 vk136 /etc/a.conf is executable");
});

test("braces are alternatives, nested and several", () => {
  assert.deepEqual(alternatives("a{b,c}{,f}"), ["ab", "abf", "ac", "acf"]);
  assert.deepEqual(new Set(alternatives("a{b,c{d,e}}")), new Set(["ab", "acd", "ace"]));
  assert.deepEqual(alternatives("{x}"), ["{x}"]);
  assert.ok(alternatives("{a,b}".repeat(200)).length <= 1000);
});

test("what is included behind a limit is neither looked for nor read, and told once", () => {
  const lines = "include {none,other}\n".repeat(6000);
  const { found } = readSmall(`${lines}include a.inc\n`, FILES);
  assert.deepEqual(found.slice(5000), [
    "a.conf:5001:9 vk115 '{none,other}' is not looked for: more than 10000 patterns are",
  ]);
});

test("directories are looked through until a million entries are, of all includes together", () => {
  const files = new FakeConfigurationFiles({ "/etc/a.conf": "include x*\n".repeat(9) });
  const { statements, findings } = loadConfiguration("/etc/a.conf", SMALL_TABLE, SURROUNDINGS, {
    read: files.read,
    match: (_pattern, _directory, looks) => {
      looks.left -= 400_000;
      return [];
    },
  });
  assert.deepEqual(statements, []);
  assert.deepEqual(foundLines(findings), [
    "/etc/a.conf:3:9 vk115 'x*' is not looked for: more than 1000000 entries of directories would be looked at",
  ]);
});

test("of many large files those are read that are still wanted", () => {
  const large = `#${"x".repeat(9)}\n`.repeat(1_000_000);
  const others = Object.fromEntries(
    Array.from({ length: 9 }, (_, n) => [`/etc/large/${n}`, large] as const),
  );
  const files = new FakeConfigurationFiles({ ...others, "/etc/a.conf": "include large/*\n" });
  const read: string[] = [];
  const { findings } = loadConfiguration("/etc/a.conf", SMALL_TABLE, SURROUNDINGS, {
    match: files.match,
    read: (path) => {
      read.push(path);
      return files.read(path);
    },
  });
  assert.deepEqual(read, [
    "/etc/a.conf",
    "/etc/large/0",
    "/etc/large/1",
    "/etc/large/2",
    "/etc/large/3",
  ]);
  assert.match(
    findings[0]?.message ?? "",
    /3 is not read: the files have more than 33554432 bytes/,
  );
});
