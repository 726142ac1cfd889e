/** Bytes become lines; what keepalived does not read as it is written is told, once for each line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { splitLines } from "../../../src/config/lines.ts";
import { readSmall } from "../../support/conf.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("lines end with LF or CR LF, the last needs neither", () => {
  assert.deepEqual(splitLines(bytes("a\r\n\nb")).lines, ["a", "", "b"]);
  assert.deepEqual(splitLines(bytes("a\n")).lines, ["a"]);
  assert.deepEqual(splitLines(bytes("")).lines, []);
});

test("a line with a NUL byte is ignored, the others are not", () => {
  const { written, found } = readSmall("a\nb\0c {\nd\n");
  assert.deepEqual(written, ["a", "d"]);
  assert.deepEqual(found, ["a.conf:2:1 vk107 the line has a NUL byte and is ignored"]);
});

test("1024 bytes are a line, 1025 are not; what is kept of 10 MB is little", () => {
  assert.deepEqual(readSmall(`${"ä".repeat(512)}\n`).found, []);
  const { written, found } = readSmall(`${"ä".repeat(512)}x\nb\n${"x".repeat(10_000_000)}\nc`);
  assert.deepEqual(written, ["b", "c"]);
  assert.deepEqual(found, [
    "a.conf:1:1 vk108 the line has more than 1024 bytes and is ignored",
    "a.conf:3:1 vk108 the line has more than 1024 bytes and is ignored",
  ]);
});

test("lines that are no UTF-8 are read, and the first of a file is told", () => {
  const { written, found } = readSmall(Uint8Array.of(0x61, 0xff, 0x0a, 0x62, 0x0a, 0xfe));
  assert.deepEqual(written, ["a\ufffd", "b", "\ufffd"]);
  assert.deepEqual(found, ["a.conf:1:1 vk109 the line is no valid UTF-8"]);
});

test("U+FFFD that is written counts as any other character", () => {
  assert.deepEqual(readSmall("a\ufffd").found, []);
});

test("a byte order mark is told and left out", () => {
  const { written, found } = readSmall("\ufeffa b");
  assert.deepEqual(written, ["a b"]);
  assert.deepEqual(found, ["a.conf:1:1 vk135 the file begins with a byte order mark"]);
});

test("a million words are read, and no more", () => {
  const { statements, found } = readSmall(`${"a ".repeat(500)}\n`.repeat(15_000));
  assert.equal(statements.length, 2001);
  assert.deepEqual(found, ["a.conf:2001:1 vk115 reading stops here, after 1000000 words"]);
});

test("lines that are ignored count as lines", () => {
  const { found } = readSmall(`${"\0\n".repeat(9000)}${"a\n".repeat(200_000)}`);
  assert.deepEqual(found.slice(9000), [
    "a.conf:200001:1 vk115 reading stops here, after 200000 lines",
  ]);
});
