import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHttpTargets, parseOtherHost } from "../../../../src/app/check/http-targets.ts";

test("a URL is one target", () => {
  const [url] = parseHttpTargets("http://a.test/");
  assert.equal(typeof url === "object" ? url.host : url, "a.test");
  assert.equal(typeof parseHttpTargets("a.test"), "string");
});

test("another host may have a port, and is one", () => {
  const of = (text: string) => {
    const other = parseOtherHost(text);
    return typeof other === "string" ? other : `${other.host} ${other.port}`;
  };
  assert.equal(of("192.0.2.5"), "192.0.2.5 null");
  assert.equal(of("192.0.2.5:81"), "192.0.2.5 81");
  assert.equal(of("2001:db8::5"), "2001:db8::5 null");
  assert.equal(of("[2001:db8::5]:81"), "2001:db8::5 81");
  assert.equal(of("b.test:81"), "b.test 81");
  assert.match(of("192.0.2.0/24"), /more than one/);
  assert.match(of("192.0.2.1-9:80"), /more than one/);
});
