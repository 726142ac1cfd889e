import assert from "node:assert/strict";
import { test } from "node:test";
import { contentHash } from "../../../src/io/content-hash.ts";

test("the name is that of a Content-Security-Policy", () => {
  // The example of CSP level 3, section 8.3 (alert('Hello, world.');).
  const name = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
  assert.equal(contentHash("alert('Hello, world.');"), name);
});
