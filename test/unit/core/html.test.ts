import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "../../../src/core/html.ts";

test("text stays text, in an element and in quotes", () => {
  const made = html`<a title="${`"'`}">${"<b>&"}${7}</a>`;
  assert.equal(made.text, '<a title="&#34;&#39;">&#60;b&#62;&#38;7</a>');
});

test("HTML stands in HTML as it is, also many pieces", () => {
  const items = ["a", "<"].map((text) => html`<li>${text}</li>`);
  assert.equal(html`<ul>${items}${html`<hr>`}</ul>`.text, "<ul><li>a</li><li>&#60;</li><hr></ul>");
});

test("what would turn a line around or hide in it is shown", () => {
  assert.equal(html`${"a\u202eb\u0000"}`.text, "a\\u202eb\\x00");
});
