/** ~SEQ and ~LST, as Debian's keepalived 2.2.7 was seen to repeat lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readSmall } from "../../support/conf.ts";

const reads = (text: string, ...written: string[]): void => {
  const read = readSmall(text);
  assert.deepEqual(read.written, written);
  assert.deepEqual(read.found, []);
};

test("~SEQ counts from 1 or -1 to its end, from its start, by its step", () => {
  reads("~SEQ(A, 3) x$A", "x1", "x2", "x3");
  reads("~SEQ(A,-2)x$A", "x-1", "x-2");
  reads("~SEQ(A,0) x$A", "x1", "x0");
  reads("~SEQ (A,5,4) x$A", "x5", "x4");
  reads("~SEQ(A,1,2,6) x$A", "x1", "x3", "x5");
  reads("~SEQ(A,6,-1,6) x$A", "x6");
  reads("~SEQ(A,010,9) x$A", "x8", "x9");
  reads("~SEQx(A,0x9,0x10) x$A", "x9", "xa", "xb", "xc", "xd", "xe", "xf", "x10");
  reads("~SEQ(A,2)");
});

test("~LST takes values, or rows of values for several names", () => {
  reads("~LST(A, a, b,,c) x$A", "xa", "xb", "x", "xc");
  reads("~LST({A, B}, {10,1},{20}) ${A}:${B}", "10:1", "20:");
});

test("generators nest, and the inner may use the variable of the outer", () => {
  reads("~SEQ(A,2) ~LST(B,a,b) x${A}${B}", "x1a", "x1b", "x2a", "x2b");
  reads("~SEQ(A,2) ~SEQ(B,$A) ${A}${B}", "11", "21", "22");
});

test("a generator repeats definitions of several lines, and may come out of a definition", () => {
  reads("$M= \\\n a$N { \\\n }\n~SEQ(N,2) $M", "a1 { }", "a2 { }");
  reads("$Q=~SEQ(Z,2) x$Z\n$Q", "x1", "x2");
  reads("@one ~SEQ(A,2) @one x$A\n~SEQ(A,2) @two x$A", "x1", "x2");
  reads("~SEQ(A,2) $B=$A\nx$B", "x2");
  reads("a ~SEQ(A,2)", "a ~SEQ(A,2)");
});

test("a generator that cannot be read is told with the reason, and its line ignored", () => {
  const reason = (line: string): string | undefined => readSmall(line).found[0];
  const at = "a.conf:1:1 vk114";
  assert.equal(reason("~SEQ(A) x"), `${at} it takes a name and 1 to 3 numbers`);
  assert.equal(reason("~SEQ(A,2x) x"), `${at} '2x' is no number`);
  assert.equal(reason("~SEQ(A,1,0,6) x"), `${at} steps of 0 do not lead from 1 to 6`);
  assert.equal(reason("~SEQ(A,1,-1,6) x"), `${at} steps of -1 do not lead from 1 to 6`);
  assert.equal(reason("~SEQx(A,-2) x"), `${at} ~SEQx takes no number below 0`);
  assert.equal(reason("~SEQ A x"), `${at} its parameters are not in ( and )`);
  assert.equal(reason("~LST(A) x"), `${at} it takes a name and one value at least`);
  assert.equal(reason("~LST(A,b c) x"), `${at} 'b c' has a blank in it`);
  assert.equal(
    reason("~LST({A},{1,2}) x"),
    `${at} an element has more values than there are names`,
  );
});

test("a billion lines are refused at once, lines multiplied to a billion at a limit", () => {
  const { written, found } = readSmall("~SEQ(A,1000000000) x\ny");
  assert.deepEqual(written, ["y"]);
  assert.deepEqual(found, [
    "a.conf:1:1 vk115 1000000000 lines are more than the 200000 that are read",
  ]);
  const generators = "~SEQ(A,1000) ~SEQ(B,1000) ~SEQ(C,1000) $N=1";
  assert.deepEqual(readSmall(`{\n${generators}`).found.slice(1), [
    "a.conf:2:40 vk115 reading stops here, after 200000 lines",
  ]);
});
