/** What a server or a user may write is never more than a reason: parsers and judges are total. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { followHttpUrl, formatHttpUrl, parseHttpUrl } from "../../../src/proto/check/http-url.ts";
import { jsonFlaw, parseJsonExpectation } from "../../../src/proto/check/json-value.ts";
import { parseStatusSet } from "../../../src/proto/check/status-set.ts";

test("whatever a Location says is a URL of the web without line ends, or a reason", () => {
  const from = parseHttpUrl("http://a.test/x");
  assert.ok(typeof from !== "string");
  const location = fc.oneof(fc.string({ unit: "binary" }), fc.webUrl(), fc.domain());
  fc.assert(
    fc.property(location, (text) => {
      const url = followHttpUrl(from, text);
      if (typeof url === "string") return;
      assert.match(`${url.authority}${url.path}`, /^[\x21-\x7e]+$/);
      const again = parseHttpUrl(formatHttpUrl(url));
      assert.deepEqual(again, url);
    }),
  );
});

test("a path of names and places finds what is there, and nothing throws", () => {
  const name = fc.stringMatching(/^[a-z]{1,5}$/);
  fc.assert(
    fc.property(fc.array(fc.oneof(name, fc.nat(3)), { minLength: 1, maxLength: 6 }), (steps) => {
      const path = steps
        .map((step, at) => (typeof step === "number" ? `[${step}]` : `${at > 0 ? "." : ""}${step}`))
        .join("");
      const root = steps.reduceRight<unknown>(
        (inner, step) =>
          typeof step === "number"
            ? [...Array.from({ length: step }, () => null), inner]
            : { [step]: inner },
        "here",
      );
      const expectation = parseJsonExpectation(`${path}=here`);
      assert.ok(typeof expectation !== "string", `${path}: ${expectation}`);
      assert.equal(jsonFlaw(root, expectation), undefined, path);
    }),
  );
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (text, root) => {
      parseStatusSet(text);
      const expectation = parseJsonExpectation(text);
      if (typeof expectation !== "string") jsonFlaw(root, expectation);
    }),
  );
});
