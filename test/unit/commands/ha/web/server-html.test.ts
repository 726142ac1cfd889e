import assert from "node:assert/strict";
import { test } from "node:test";
import { serversHtml } from "../../../../../src/commands/ha/web/server-html.ts";
import { SERVICE } from "../../../../support/ha-status.ts";

test("which servers are down and why, and how much is left", () => {
  const { text } = serversHtml([SERVICE]);
  assert.match(text, /<h3>tcp 10\.0\.0\.100:80<\/h3><span class="pill up">UP<\/span>/);
  assert.match(text, /weight 1 of quorum 1</);
  assert.match(
    text,
    /DOWN<\/span> <span class="number">10\.0\.0\.12:80<\/span>.*connection refused/,
  );
  assert.equal(text.split("TCP_CHECK").length, 2, "what is well needs no reason");
});

test("a sorry server and checks that rest are told", () => {
  const sorry = { server: "10.0.0.99:80", weight: 1, sorry: true };
  const { text } = serversHtml([{ ...SERVICE, suspended: true, destinations: [sorry] }]);
  assert.match(text, /sorry server 10\.0\.0\.99:80/);
  assert.match(text, /not checked/);
});

test("without virtual servers there is nothing, without an answer that is told", () => {
  assert.equal(serversHtml([]).text, "");
  assert.match(serversHtml(null).text, /does not answer/);
});

test("what a server says is no markup", () => {
  const service = "<b>";
  assert.match(serversHtml([{ ...SERVICE, service }]).text, /<h3>&#60;b&#62;<\/h3>/);
});
