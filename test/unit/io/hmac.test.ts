import assert from "node:assert/strict";
import { test } from "node:test";
import { hmacSha256 } from "../../../src/io/hmac.ts";
import { toHex } from "../../support/packets.ts";

test("it is HMAC-SHA256: test case 2 of RFC 4231", () => {
  const [key, data] = ["Jefe", "what do ya want for nothing?"].map((text) =>
    new TextEncoder().encode(text),
  ) as [Uint8Array, Uint8Array];
  assert.equal(
    toHex(hmacSha256(key, data)),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});
