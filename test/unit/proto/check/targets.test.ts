import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatHost,
  formatPort,
  parseHosts,
  parsePorts,
} from "../../../../src/proto/check/targets.ts";

const hosts = (text: string): string[] | string => {
  const parsed = parseHosts(text);
  return typeof parsed === "string" ? parsed : parsed.map(({ host }) => host);
};
const ports = (text: string, port?: number): string[] | string => {
  const parsed = parsePorts(text, port);
  return typeof parsed === "string" ? parsed : parsed.map(formatPort);
};

test("a host is a name or an address, also in brackets", () => {
  assert.deepEqual(hosts("db-1.example.org."), ["db-1.example.org."]);
  assert.deepEqual(hosts("[2001:db8::0005]"), ["2001:db8::5"]);
  assert.deepEqual(hosts("10.0.0.5"), ["10.0.0.5"]);
  assert.deepEqual(hosts("_srv_host"), ["_srv_host"]);
});

test("a block has its hosts, without the addresses of network and broadcast", () => {
  assert.deepEqual(hosts("10.0.0.5/30"), ["10.0.0.5", "10.0.0.6"]);
  assert.deepEqual(hosts("10.0.0.4/31"), ["10.0.0.4", "10.0.0.5"]);
  assert.deepEqual(hosts("10.0.0.5/32"), ["10.0.0.5"]);
  assert.deepEqual(hosts("2001:db8::5/127"), ["2001:db8::4", "2001:db8::5"]);
  assert.equal(hosts("10.0.0.0/16").length, 65_534);
});

test("a range ends with an address or with its last part", () => {
  assert.deepEqual(hosts("10.0.0.254-10.0.1.1"), [
    "10.0.0.254",
    "10.0.0.255",
    "10.0.1.0",
    "10.0.1.1",
  ]);
  assert.deepEqual(hosts("10.0.0.9-10"), ["10.0.0.9", "10.0.0.10"]);
  assert.deepEqual(hosts("2001:db8::fe-100"), ["2001:db8::fe", "2001:db8::ff", "2001:db8::100"]);
  assert.deepEqual(hosts("cafe-beef"), ["cafe-beef"], "a name may look like one");
});

test("what names no host is refused with its reason", () => {
  assert.equal(hosts("10.0.0.1-10.0.0.0"), "is a range that ends before it begins");
  assert.equal(hosts("10.0.0.1-300"), "is no range of addresses");
  assert.equal(hosts("10.0.0.1-2001:db8::1"), "is no range of addresses");
  assert.match(hosts("2001:db8::/64") as string, /more than 1048576/);
  assert.match(hosts("10.0.0.0-10.255.0.0") as string, /more than 1048576/);
  for (const text of [
    "",
    "10.0.0",
    "1.2.3.4.5",
    "-a",
    "a b",
    "a\0b",
    "10.0.0.0/33",
    `${"a".repeat(64)}.org`,
    "ü .org",
  ])
    assert.match(hosts(text) as string, /^is no /, JSON.stringify(text));
});

test("a port stands behind a host, a block or a range; IPv6 in brackets", () => {
  assert.deepEqual(ports("web:80"), ["web:80"]);
  assert.deepEqual(ports("10.0.0.4/31:22"), ["10.0.0.4:22", "10.0.0.5:22"]);
  assert.deepEqual(ports("10.0.0.4-5:22"), ["10.0.0.4:22", "10.0.0.5:22"]);
  assert.deepEqual(ports("[2001:db8::4/127]:22"), ["[2001:db8::4]:22", "[2001:db8::5]:22"]);
  assert.deepEqual(ports("[2001:db8::4-5]:22"), ["[2001:db8::4]:22", "[2001:db8::5]:22"]);
});

test("without a port the usual one is taken, where a kind has one", () => {
  assert.deepEqual(ports("web", 25), ["web:25"]);
  assert.deepEqual(ports("2001:db8::5", 25), ["[2001:db8::5]:25"]);
  assert.match(ports("web") as string, /has no port/);
  assert.match(ports("2001:db8::5") as string, /has no port/);
});

test("a port is within 1..65535", () => {
  assert.match(ports("web:0") as string, /port 0/);
  assert.match(ports("web:65536") as string, /port 65536/);
  assert.match(ports("web:123456") as string, /port "123456"/);
});

test("a range of ports is each of them, of each host", () => {
  assert.deepEqual(ports("web:80-82"), ["web:80", "web:81", "web:82"]);
  assert.deepEqual(ports("[2001:db8::4/127]:22-23"), [
    "[2001:db8::4]:22",
    "[2001:db8::4]:23",
    "[2001:db8::5]:22",
    "[2001:db8::5]:23",
  ]);
  assert.equal(ports("web:82-80"), "has a range of ports that ends before it begins");
  assert.match(ports("10.0.0.0/20:1-65535") as string, /more than 1048576 targets/);
});

test("what stands for a port and is none is said to be that", () => {
  assert.match(ports("web:http") as string, /^has the port "http", which is neither a number nor/);
  assert.match(ports("web:") as string, /^has the port ""/);
  assert.match(ports("http://web/") as string, /^is a URL, .*: check http/);
});

test("a zone is the interface behind an IPv6 address, and of nothing else", () => {
  const [one] = parseHosts("fe80::1%eth0") as ReturnType<typeof parseHosts> & object[];
  assert.deepEqual(
    [one?.host, one?.zone, one && formatHost(one)],
    ["fe80::1", "eth0", "fe80::1%eth0"],
  );
  assert.deepEqual(ports("[fe80::1%eth0.5]:80"), ["[fe80::1%eth0.5]:80"]);
  for (const text of ["10.0.0.1%eth0", "web%eth0", "fe80::1%", "fe80::1%a/b"])
    assert.match(hosts(text) as string, /^is no /, text);
});

test("a name in letters of any language is the one that DNS has for it", () => {
  assert.deepEqual(ports("münchen.test:80"), ["xn--mnchen-3ya.test:80"]);
  assert.deepEqual(hosts("例え.test"), ["xn--r8jz45g.test"]);
  for (const text of ["１２７.0.0.1", "ü/x", "ü@web", "ü:80", "ü%25"])
    assert.match(hosts(text) as string, /^is no /, text);
});
