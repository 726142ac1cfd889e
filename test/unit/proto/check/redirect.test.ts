import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHttpUrl } from "../../../../src/proto/check/http-url.ts";
import { type Hop, nextHop, RedirectTrail } from "../../../../src/proto/check/redirect.ts";

const hop = (text: string, method = "GET"): Hop => {
  const url = parseHttpUrl(text);
  assert.ok(typeof url !== "string");
  return { url, method, isBodySent: true, isTrusted: true };
};
const next = (from: Hop, status: number, location?: string): Hop => {
  const found = nextHop(from, status, location);
  assert.ok(typeof found === "object");
  return found;
};

test("only the five redirects lead on", () => {
  const follows = [200, 300, 301, 302, 303, 304, 305, 307, 308, 404].filter(
    (status) => nextHop(hop("http://a.test/"), status, "/b") !== undefined,
  );
  assert.deepEqual(follows, [301, 302, 303, 307, 308]);
});

test("POST becomes GET without a body, except where the status forbids it", () => {
  const what = (status: number, method: string) => {
    const { method: then, isBodySent } = next(hop("http://a.test/", method), status, "/b");
    return `${then} ${isBodySent}`;
  };
  assert.equal(what(302, "POST"), "GET false");
  assert.equal(what(303, "PUT"), "GET false");
  assert.equal(what(303, "HEAD"), "HEAD true");
  assert.equal(what(302, "PUT"), "PUT true");
  assert.equal(what(307, "POST"), "POST true");
});

test("trust is lost at another origin and does not come back", () => {
  const away = next(hop("http://a.test/"), 302, "http://b.test/");
  assert.equal(away.isTrusted, false);
  assert.equal(next(away, 302, "http://a.test/").isTrusted, false);
  assert.equal(next(hop("http://a.test/"), 302, "/x").isTrusted, true);
});

test("a redirect that leads nowhere is told", () => {
  assert.match(`${nextHop(hop("http://a.test/"), 302, undefined)}`, /without a Location/);
  assert.match(`${nextHop(hop("http://a.test/"), 302, "javascript:0")}`, /neither http nor https/);
});

test("a loop is seen when it closes, and more than allowed when it is asked", () => {
  const trail = new RedirectTrail(2);
  assert.equal(trail.add(hop("http://a.test/1")), undefined);
  assert.equal(trail.add(hop("http://a.test/2")), undefined);
  assert.match(`${trail.add(hop("http://a.test/1"))}`, /loop: http:\/\/a.test\/1/);
  assert.equal(trail.add(hop("http://a.test/1", "POST")), undefined);
  assert.equal(trail.redirects, 2);
  assert.equal(trail.add(hop("http://a.test/3")), "more than 2 redirects");
});
