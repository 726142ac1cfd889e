/** Conditions, definitions and built-ins, as Debian's keepalived 2.2.7 was seen to replace them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPlace } from "../../../src/config/place.ts";
import { readSmall } from "../../support/conf.ts";

const reads = (text: string, ...written: string[]): void => {
  const read = readSmall(text);
  assert.deepEqual(read.written, written);
  assert.deepEqual(read.found, []);
};
const finds = (text: string, ...found: string[]): void =>
  assert.deepEqual(readSmall(text).found, found);

test("@id keeps a line for one configuration id, @^id for all others", () => {
  reads("@one a\n @one b\n@two c\n@^one d\n@^two e\n@ f\n@^ g\n@one\n@onex h", "a", "b", "e", "g");
  reads("@one v {\n@one }\n@two }", "v { }");
});

test("a condition counts again in what definitions made of the line", () => {
  reads("$A=@one\n$B=@two x\n${A} a\n$B\n@two $C=1\n@one $D=2\n$C $D", "a", "$C 2");
  reads("@one @one a", "@one a");
});

test("a definition is replaced before a blank, a comma, a parenthesis, the end, or in braces", () => {
  reads("$X=a b\n1$X $X, $X) ${X}c $Xd $X", "1a b a b, a b) a bc $Xd a b");
  reads('$X=a\nx "$X" "$X " "${X}b" \\$X', 'x "$X" "a " "ab" \\a');
});

test("a definition has the text that its names have when it is used", () => {
  reads("$A=10.${B}\n$B=0\n${A}.1\n$B=7\n${A}.1", "10.0.1", "10.7.1");
  // The text that was replaced is looked at together with what stands behind it.
  reads("$A=$B\n$B=b\n$A x\n${A}x", "b x", "$Bx");
});

test("blanks around the value do not count, and it may be empty", () => {
  reads("$A=  a  b \t\n$E=\n[${A}]\n$E x${E}y", "[a b]", "xy");
});

test("what is no definition stays", () => {
  reads("$1A=5\n$ A=3\n$A-B=8", "$1A=5", "$ A=3", "$A-B=8");
  reads('a "${NONE}" $NONE', 'a "${NONE}" $NONE');
});

test("a name in braces that nothing defines is no block", () => {
  const { written, found } = readSmall("a ${NONE}b\nc");
  assert.deepEqual(written, ["a ${NONE}b", "c"]);
  assert.deepEqual(found, ["a.conf:1:3 vk111 nothing defines ${NONE}"]);
});

test("a definition of several lines stands for lines", () => {
  reads("$M= \\\n a \\\n @two b \\\n c $N \\ \n d {\\\n}\n$N=1\n$M\nz", "a", "c 1", "d { }", "z");
  reads("$M=a \\\n b\n${M}", "a", "b");
  reads("$M= \\\n a \\\n\nb\n$M", "b", "a");
  reads("$I= \\\n $N=1 \\\n $J \\\n $N=2 \\\n $J\n$J= \\\n j$N \\\n k\n$I", "j1", "k", "j2", "k");
  finds("$M=a\\\nb\n$M c", "a.conf:3:1 vk113 M has several lines: it has to be alone on its line");
});

test("a comment does not end a definition, and is told where lines follow it", () => {
  const { written, found } = readSmall("$A= \\\nb # c \\\n  # d \\\ne \\\n# f\ng\nx\n$A");
  assert.deepEqual(written, ["x", "b", "e", "g"]);
  assert.deepEqual(
    found.map((line) => line.split(" ").slice(0, 2).join(" ")),
    ["a.conf:2:1 vk125", "a.conf:5:1 vk125"],
  );
  reads("$A= \\\nb \\\n# c\n\nd\n$A", "d", "b");
});

test("a definition that contains itself is told, and its line ignored", () => {
  finds(
    "$A=b$A\n$A\n$A",
    ...[2, 3].map((line) => `a.conf:${line}:1 vk112 the definition of A contains itself`),
  );
  finds("$A=$B\n$B=$A\nx $A", "a.conf:3:3 vk112 the definition of A contains itself");
  finds("$A= \\\nx \\\n$B\n$B=$A\n$A", "a.conf:5:1 vk112 the definition of A contains itself");
});

test("definitions that double are told where they grow too long, and end soon", () => {
  const doubled = Array.from({ length: 40 }, (_, n) => `$A${n + 1}=$A${n} $A${n}`).join("\n");
  const tooLong = "vk108 with what is defined the line has more than 1024 bytes";
  finds(`$A0=x\n${doubled}\ny $A40`, `a.conf:42:3 ${tooLong}`);
  const { found } = readSmall(`$A0=\n${doubled}\n${"y $A40\n".repeat(1000)}`);
  assert.match(
    found.at(-1) ?? "",
    /vk115 reading stops here, where definitions are replaced too often/,
  );
});

test("built-ins tell the directory, the configuration id, the environment, numbers, # and !", () => {
  reads("${_PWD}/x $_INSTANCE ${_ENV HOME}", "/etc/x one /root");
  reads('"${_HASH} ${_BANG}" a ${_HASH} b', '"# !" a');
  reads("${_RANDOM} ${_RANDOM 100} ${_RANDOM 7  7 } ${_RANDOM 1 6}", "16384 16434 7 4");
  reads("$_PWD=/y\n${_PWD}", "/y");
  finds("${_RANDOM 9 3}", "a.conf:1:1 vk111 nothing defines ${_RANDOM 9 3}");
  finds("${_ENV NONE}", "a.conf:1:1 vk111 nothing defines ${_ENV NONE}");
});

test("a word out of a definition stands where it is used, and knows where it is written", () => {
  const { statements } = readSmall("$A=b c\n  $A");
  const [, word] = statements[0]?.words ?? [];
  assert.equal(formatPlace(word?.span.place as never), "/etc/a.conf:2:3");
  assert.equal(word?.span.length, 2);
  assert.equal(formatPlace(word?.span.place.definedAt as never), "/etc/a.conf:1:6");
});
