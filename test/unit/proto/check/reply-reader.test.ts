import assert from "node:assert/strict";
import { test } from "node:test";
import { type CodedLines, ReplyReader } from "../../../../src/proto/check/reply-reader.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, coded: CodedLines = "every-line") =>
  new ReplyReader(coded).take(bytesOf(text));

test("one line and many, however the bytes come", () => {
  assert.deepEqual(read("220 mail ready\r\n"), [{ code: 220, lines: ["mail ready"] }]);
  assert.deepEqual(read("250\r\n"), [{ code: 250, lines: [""] }]);
  const reply = { code: 250, lines: ["mail", "SIZE 10", "HELP"] };
  assert.deepEqual(read("250-mail\r\n250-SIZE 10\n250 HELP\r\n"), [reply]);
  const reader = new ReplyReader("every-line");
  const pieces = [..."250-mail\r\n250-SIZE 10\r\n250 HELP\r\n"].map((one) =>
    reader.take(bytesOf(one)),
  );
  assert.deepEqual(
    pieces.filter((piece) => piece.length > 0),
    [[reply]],
  );
  assert.equal(reader.isAmid, false);
  reader.take(bytesOf("2"));
  assert.equal(reader.isAmid, true);
});

test("lines between the first and the last need no code in FTP alone", () => {
  const text = "220-Welcome\r\n 220 no end\r\nto all\r\n220-so\r\n220 ready\r\n";
  assert.deepEqual(read(text, "first-and-last"), [
    { code: 220, lines: ["Welcome", " 220 no end", "to all", "so", "ready"] },
  ]);
  assert.equal(typeof read(text), "string");
  assert.equal(typeof read("250-a\r\n500 b\r\n"), "string");
});

test("what is no reply is told", () => {
  for (const bad of ["SSH-2.0-OpenSSH\r\n", "\r\n", "99 x\n", "2200 x\n", "650 x\n", "\0\0\0\n"])
    assert.match(String(read(bad)), /^no reply with a code/, bad);
});

test("neither lines nor replies are endless", () => {
  assert.match(String(read(`220 ${"x".repeat(4092)}\n`).length), /^1$/);
  assert.equal(read(`220 ${"x".repeat(4093)}`), "a line of more than 4 KiB");
  const reader = new ReplyReader("every-line");
  const answers = Array.from({ length: 40 }, () =>
    reader.take(bytesOf(`250-${"x".repeat(2000)}\n`)),
  );
  assert.equal(answers.at(-1), "more than 64 KiB of answers");
});
