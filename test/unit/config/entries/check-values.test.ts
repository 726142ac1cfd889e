/** Values of health checks and of forwarding: tunnels, status codes, digests, bytes in hex. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { several } from "../../../../src/config/compound.ts";
import { forwarding } from "../../../../src/config/entries/forwarding.ts";
import { digest, regex, regexOption, statusCode } from "../../../../src/config/entries/http.ts";
import { payload, reply } from "../../../../src/config/entries/payload.ts";
import { readArgument } from "../../../support/conf.ts";

test("a tunnel of gue has a port, and the others have none", () => {
  assert.deepEqual(readArgument(forwarding, "TUN type gue port 5 csum").value, {
    method: "TUN",
    type: "gue",
    port: 5,
    checksum: "csum",
  });
  assert.deepEqual(readArgument(forwarding, "DR").value, {
    method: "DR",
    type: "ipip",
    port: null,
    checksum: "nocsum",
  });
  for (const [words, reason] of [
    ["TUN type gue", "gue needs a port"],
    ["TUN type gre port 5", "gre has no port"],
    ["TUN csum", "ipip has no checksum"],
    ["TUN type gre remcsum", "gre has no remote checksum"],
  ] as const) {
    const { value, found } = readArgument(forwarding, words);
    assert.equal(value, undefined);
    assert.deepEqual(found, [`a.conf:1:5 vk504 ${reason}`]);
  }
  assert.match(readArgument(forwarding, "NAT foo").found[0] ?? "", /vk217 'foo' means nothing/);
  assert.match(readArgument(forwarding, "nat").found[0] ?? "", /vk204/);
});

test("status codes are of 100 to 599, and those that are not are left out", () => {
  const { value, found } = readArgument(several(statusCode), "200-299 404 600 299-200");
  assert.deepEqual(value, [
    { from: 200, to: 299 },
    { from: 404, to: 404 },
  ]);
  assert.deepEqual(
    found.map((line) => line.slice(0, line.indexOf("'"))),
    ["a.conf:1:17 vk506 ", "a.conf:1:21 vk506 "],
  );
});

test("a digest has 32 hex digits", () => {
  const md5 = "9B3A0C85A887A256D6939DA88AABD8CD";
  assert.equal(readArgument(digest, md5).value, md5.toLowerCase());
  for (const word of [md5.slice(1), `${md5}0`, md5.replace("C", "G")]) {
    assert.match(readArgument(digest, word).found[0] ?? "", /vk507/);
  }
});

test("a regular expression is one word", () => {
  const { value, found } = readArgument(regex, "up down");
  assert.equal(value, "up");
  assert.deepEqual(found, ["a.conf:1:8 vk104 'regex' takes one word"]);
  assert.match(readArgument(regexOption, "caselss").found[0] ?? "", /vk509 .*mean caseless/);
});

test("bytes are pairs of hex digits, and one that is left over is a byte", () => {
  assert.deepEqual(readArgument(payload, "Ab12f 3 456").value, hex("ab120f034506"));
  assert.match(readArgument(payload, "00 0g").found[0] ?? "", /^a.conf:1:8 vk508/);
  assert.match(readArgument(payload, "0x").found[0] ?? "", /vk508/);
  assert.match(readArgument(payload, "").found[0] ?? "", /vk201/);
});

test("in an answer x is any digit, and no bytes are any answer", () => {
  assert.deepEqual(readArgument(reply, "a0 x1 XX x").value, {
    bytes: hex("a0010000"),
    mask: hex("ff0f00f0"),
  });
  assert.equal(readArgument(reply, "").value, null);
});

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, "hex"));
