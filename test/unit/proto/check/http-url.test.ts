import assert from "node:assert/strict";
import { test } from "node:test";
import {
  followHttpUrl,
  formatHttpUrl,
  type HttpUrl,
  isSameOrigin,
  parseHttpUrl,
} from "../../../../src/proto/check/http-url.ts";

const parsed = (text: string): HttpUrl => {
  const url = parseHttpUrl(text);
  assert.ok(typeof url !== "string", `${url}`);
  return url;
};

test("a URL says whom to connect to, what Host is and what is asked for", () => {
  const facts = (text: string) => {
    const { host, port, authority, path, ip } = parsed(text);
    return [host, port, authority, path, ip?.length ?? 0];
  };
  assert.deepEqual(facts("http://www.example.com"), [
    "www.example.com",
    80,
    "www.example.com",
    "/",
    0,
  ]);
  assert.deepEqual(facts("https://a.test:8443/x?q=1#top"), [
    "a.test",
    8443,
    "a.test:8443",
    "/x?q=1",
    0,
  ]);
  assert.deepEqual(facts("HTTPS://A.test:443/"), ["a.test", 443, "a.test", "/", 0]);
  assert.deepEqual(facts("http://192.0.2.5:80/"), ["192.0.2.5", 80, "192.0.2.5", "/", 4]);
  assert.deepEqual(facts("http://[2001:db8::5]:81/"), [
    "2001:db8::5",
    81,
    "[2001:db8::5]:81",
    "/",
    16,
  ]);
});

test("what ends a line cannot get into the request", () => {
  assert.equal(parsed("http://a.test/x\r\nHost: b y").path, "/xHost:%20b%20y");
});

test("what is no URL of the web is refused with the reason", () => {
  assert.match(`${parseHttpUrl("www.example.com/")}`, /write http:/);
  assert.match(`${parseHttpUrl("ftp://www.example.com/")}`, /write http:/);
  assert.match(`${parseHttpUrl("http://a b/")}`, /is no URL/);
  assert.match(`${parseHttpUrl("http://a.test:0/")}`, /port 0/);
  assert.match(`${parseHttpUrl("http://me:secret@a.test/")}`, /--user-file/);
  assert.match(`${parseHttpUrl(`http://a.test/${"x".repeat(9000)}`)}`, /longer/);
});

test("a redirect is read beside the URL that sent it, and never to another scheme", () => {
  const from = parsed("https://a.test:8443/x/y");
  const to = (location: string) => {
    const url = followHttpUrl(from, location);
    return typeof url === "string" ? url : formatHttpUrl(url);
  };
  assert.equal(to("/z"), "https://a.test:8443/z");
  assert.equal(to("z?1"), "https://a.test:8443/x/z?1");
  assert.equal(to("//b.test/"), "https://b.test/");
  assert.equal(to("file:///etc/passwd"), "is neither http nor https");
});

test("an origin is scheme, host and port", () => {
  const origin = parsed("http://a.test/1");
  assert.ok(isSameOrigin(origin, parsed("http://a.test:80/2")));
  for (const other of ["https://a.test/1", "http://b.test/1", "http://a.test:81/1"])
    assert.ok(!isSameOrigin(origin, parsed(other)), other);
});

test("a zone is kept for us and for who reads the report; no server is told", () => {
  for (const text of ["http://[fe80::1%25eth0]:8080/x", "http://[fe80::1%eth0]:8080/x"]) {
    const url = parsed(text);
    assert.deepEqual([url.host, url.zone, url.authority], ["fe80::1", "eth0", "[fe80::1]:8080"]);
    assert.equal(formatHttpUrl(url), "http://[fe80::1%25eth0]:8080/x");
    const zoneOf = (location: string) => {
      const to = followHttpUrl(url, location);
      return typeof to === "string" ? to : to.zone;
    };
    assert.equal(zoneOf("/y"), "eth0");
    assert.equal(zoneOf("http://[fe80::2]/"), undefined);
    assert.equal(zoneOf("http://[fe80::1%25eth1]/"), "is no URL");
  }
});
