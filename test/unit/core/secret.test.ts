import assert from "node:assert/strict";
import test from "node:test";
import { isSameSecret } from "../../../src/core/secret.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a secret is the same as itself and as nothing that is longer, shorter or another", () => {
  assert.equal(isSameSecret(bytes("s3cret"), bytes("s3cret")), true);
  for (const guess of ["", "s3cre", "s3cret\0", "S3cret", "s3creT"]) {
    assert.equal(isSameSecret(bytes("s3cret"), bytes(guess)), false, guess);
    assert.equal(isSameSecret(bytes(guess), bytes("s3cret")), false, guess);
  }
});
