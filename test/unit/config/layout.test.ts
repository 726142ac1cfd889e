/** The one form of a configuration. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { commentStart } from "../../../src/config/comment.ts";
import { layOut } from "../../../src/config/layout.ts";
import { rewritten, textLines } from "../../../src/config/text-lines.ts";

function laid(text: string): string {
  const lines = textLines(new TextEncoder().encode(text));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    rewritten(lines, layOut(lines).rewrite),
  );
}
const stays = (text: string): void => assert.equal(laid(text), text);

test("four blanks for a block, one between words, braces behind their keyword", () => {
  assert.equal(
    laid("vrrp_instance   A\n{\npriority\t100\n  track_file {f weight 1}\n\t}\n"),
    "vrrp_instance A {\n    priority 100\n    track_file { f weight 1 }\n}\n",
  );
});

test("comments go with the lines around them, and keep their distance", () => {
  assert.equal(
    laid("a {\n# one\nb 1   # two\n c # three\n{\n}\n}\n"),
    "a {\n    # one\n    b 1   # two\n    c { # three\n    }\n}\n",
  );
});

test("of empty lines one stays, none at the end; the last line ends", () => {
  assert.equal(laid("\n\na\n \n\t\nb\n\n\n"), "\na\n\nb\n");
  assert.equal(laid("a"), "a\n");
  assert.equal(laid("\n \n"), "");
  stays("");
});

test("line ends stay as they are", () => {
  assert.equal(laid(" a\r\n{\r\n}\r\n"), "a {\r\n}\r\n");
});

test("quotes, commands with escapes and patterns of includes are left alone inside", () => {
  assert.equal(laid('  x  "a  b"  c\n'), 'x "a  b" c\n');
  stays("notify /bin/x  'a  b'\n");
  stays("notify /bin/x\\ \\  b\n");
  stays("include a  b\n");
  stays("~SEQ(N,  1, 3) a  $N\n");
  stays('unclosed  "a  b\n');
});

test("a definition of several lines is left alone, also an empty line that ends it", () => {
  stays("$A= \\\n  b  {  \\\n # c\n\n  \n d\n".replace("  \n d", "d"));
  assert.equal(laid("a {\n$B=1  2\n}\n"), "a {\n    $B=1  2\n}\n");
});

test("a brace stays where moving it would say something else", () => {
  stays("$A\n{\n}\n");
  stays("include a\n{\n}\n");
  stays("@one a\n{\n}\n");
  stays("a\n# why\n{\n}\n");
  stays(`${"a".repeat(1023)}\n{\n}\n`);
});

test("a brace beside a name that may be defined keeps its place", () => {
  stays("a ${B}{\n}\n");
  stays("a $B{\n}\n");
});

test("lines for different hosts count as one", () => {
  stays("@one a {\n@two a {\n    b\n}\nc\n");
});

test("a block of several lines has its braces at the ends of lines, a small one may stay on one", () => {
  assert.equal(
    laid('a { b 1 # why\nc { d }\ne {\nf "}"\n}}\ng { h { i } j {} } k'),
    'a {\n    b 1 # why\n    c { d }\n    e {\n        f "}"\n    }\n}\ng {\n    h { i }\n    j { }\n}\nk\n',
  );
  assert.equal(laid("a\n{ b\n}\r\n{c{\r\n"), "a {\n    b\n}\r\n{\r\n    c {\r\n");
});

test("what belongs to one host, comes out of a definition or is read by a shell stays on its line", () => {
  stays("@one a { b } }\n");
  stays("~SEQ(N, 1, 2) a { b$N { c\n");
  stays("a { b $C { d } }\n");
  stays("a { b 'c' { d } }\n");
});

test("a brace that matches none is named with its line; not where it depends on something", () => {
  const unmatched = (text: string) => layOut(text.split(/(?<=\n)/)).unmatched;
  assert.equal(unmatched("a {\n b { c }\n}\n"), null);
  assert.deepEqual(unmatched("a {\n}\n}\nb {\n"), { brace: "}", line: 3 });
  assert.deepEqual(unmatched("a {\n}\nb {\n c\n{\n}\n"), { brace: "{", line: 3 });
  assert.deepEqual(unmatched('a { # }\nb "}"\n'), { brace: "{", line: 1 });
  assert.equal(unmatched("@one a {\n@two b {\n@two }\n}\n"), null);
  assert.equal(unmatched("$A= a { \\\n b\n$A\n}\n"), null);
  assert.equal(unmatched("~LST(N, a, b) $N {\n}\n}\n"), null);
});

test("lines that keepalived does not read stay, and what they would have become too", () => {
  stays(`  ${"a".repeat(1023)}\n`);
  stays("  a\0  {\nb\n");
  const long = `a {\n${"b ".repeat(510)}b\n}\n`; // 1021 bytes: no room for four blanks more
  stays(long);
});

test("a byte order mark stays in front", () => {
  stays("\ufeffa  b\n");
  stays(" \ufeffa\n");
  stays("\n\ufeffa\n");
});

test("indentation ends where blocks do", () => {
  const deep = laid(`${"a {\n".repeat(1000)}${"}\n".repeat(1001)}b\n`);
  assert.ok(deep.length < 1000 * 2 * 300);
  assert.ok(deep.endsWith("\nb\n"));
});

test("a brace that closes nothing does not take from those that open behind it", () => {
  for (const text of ["} a\n{\n\nb\n}\n", "a {\n} } b\n{\nc\n}\n"])
    assert.equal(laid(laid(text)), laid(text), text);
});

test("a definition of several lines that a generator begins is left alone", () => {
  stays("~SEQ(N, 1, 2) $A= \\\n  b  {\nc\n");
});

test("a mark within a quote that nothing closes is no comment, whatever ends the line", () => {
  for (const text of ['a "!b', 'a "!b\\']) assert.equal(commentStart(text), text.length, text);
});
