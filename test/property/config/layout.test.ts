/** Whatever the bytes, a layout says the same to keepalived, and there is nothing left to lay out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commentStart } from "../../../src/config/comment.ts";
import { layOut } from "../../../src/config/layout.ts";
import { saysTheSame } from "../../../src/config/same-words.ts";
import { rewritten, textLines } from "../../../src/config/text-lines.ts";
import { CONF_SAMPLES } from "../../support/conf-samples.ts";

const PIECES = [
  ..."{}\"'\\#!@$~ \t\r\n".split(""),
  ..."a b1 vrrp_instance priority include $A ${A} $A= \\# \ufeff é \f {\n }\n \n\n".split(" "),
  ...[
    "$A= \\\n",
    "@one ",
    "@^one ",
    "~SEQ(N, 1, 2) ",
    " {",
    '"a  b"',
    "${A",
    "include  x*",
    "'c  d'",
  ],
];

const texts = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join("")),
  fc
    .tuple(fc.constantFrom(...CONF_SAMPLES), fc.nat(), fc.nat(20), fc.constantFrom("", ...PIECES))
    .map(([text, at, length, piece]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + piece + text.slice(from + length);
    }),
);

function laid(text: string): { before: Uint8Array; after: Uint8Array } {
  const before = new TextEncoder().encode(text);
  const lines = textLines(before);
  return { before, after: rewritten(lines, layOut(lines).rewrite) };
}
const decode = (bytes: Uint8Array): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

test("every word, block, command and include stays", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { before, after } = laid(text);
      assert.ok(saysTheSame(before, after), JSON.stringify(decode(after)));
    }),
    { numRuns: 3000 },
  );
});

test("once is enough", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const once = decode(laid(text).after);
      assert.equal(decode(laid(once).after), once);
    }),
    { numRuns: 3000 },
  );
});

test("every comment stays", () => {
  const comments = (text: string): string[] =>
    text.split("\n").flatMap((line) => {
      const comment = line.slice(commentStart(line)).replace(/\r+$/, "");
      return comment === "" ? [] : [comment];
    });
  fc.assert(
    fc.property(texts, (text) => {
      assert.deepEqual(comments(decode(laid(text).after)), comments(text));
    }),
    { numRuns: 3000 },
  );
});
