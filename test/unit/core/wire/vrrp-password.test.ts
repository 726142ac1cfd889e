import assert from "node:assert/strict";
import { test } from "node:test";
import { blankVrrpPassword } from "../../../../src/core/wire/vrrp-password.ts";
import { fromHex, toHex } from "../../../support/packets.ts";
import { KEEPALIVED } from "../../../vectors/frames.ts";

test("the password of an advert is overwritten, and nothing else", () => {
  const frame = fromHex(KEEPALIVED.v2Pass);
  assert.equal(blankVrrpPassword(frame), true);
  const password = toHex(new TextEncoder().encode("s3cret"));
  assert.equal(toHex(frame), KEEPALIVED.v2Pass.replace(password, "00".repeat(6)));
});

test("a frame without a password stays as it is, however short it is", () => {
  const { v2, v3Ip4, v3Ip6, gratuitousArp, v2Pass } = KEEPALIVED;
  const cut = Array.from({ length: 38 }, (_, length) => v2Pass.slice(0, length * 2));
  for (const hex of [v2, v3Ip4, v3Ip6, gratuitousArp, ...cut]) {
    const frame = fromHex(hex);
    assert.equal(blankVrrpPassword(frame), false);
    assert.equal(toHex(frame), hex);
  }
});
