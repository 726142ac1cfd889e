import assert from "node:assert/strict";
import { test } from "node:test";
import { clipped, plain, tag } from "../../../../src/commands/vrrp/svg.ts";

test("numbers are rounded to half pixels, text of attributes is escaped", () => {
  assert.equal(
    tag("rect", { x: 1.26, y: 2, class: '"&' }),
    '<rect x="1.5" y="2" class="&quot;&amp;"/>',
  );
  assert.equal(tag("g", {}, tag("a", {}), "b"), "<g><a/>b</g>");
});

test("characters that XML forbids do not get through", () => {
  assert.equal(plain("\u0000\u0008\ud800\ufffe\uffff<>"), "\\x00\\x08\\ud800\ufffd\ufffd&lt;&gt;");
});

test("long text ends with an ellipsis, between characters", () => {
  assert.equal(clipped("abc", 3), "abc");
  assert.equal(clipped("abcd", 3), "ab…");
  assert.equal(clipped("😀😀😀", 3), "😀😀…");
});
