import assert from "node:assert/strict";
import { test } from "node:test";
import { readPem, readWhole } from "../../../../src/app/check/read-whole.ts";

const FOREVER = new AbortController().signal;
/** Gives the chunks out of one buffer, as files do. */
const files = (...chunks: readonly string[]) => ({
  async read(_: string, onChunk: (bytes: Uint8Array) => void | Promise<void>) {
    const buffer = new Uint8Array(64);
    for (const chunk of chunks) {
      const { written } = new TextEncoder().encodeInto(chunk, buffer);
      await onChunk(buffer.subarray(0, written));
    }
  },
});

test("the chunks of a file come together, up to the limit", async () => {
  const bytes = await readWhole("x", 6, files("abc", "def"), FOREVER);
  assert.equal(new TextDecoder().decode(bytes), "abcdef");
  await assert.rejects(readWhole("x", 5, files("abc", "def"), FOREVER), /longer than 5 bytes/);
});

test("what has no PEM in it is refused by its name", async () => {
  assert.equal(await readPem(undefined, files(), FOREVER), null);
  const pem = "-----BEGIN CERTIFICATE-----";
  assert.equal(await readPem("x", files(pem), FOREVER), pem);
  await assert.rejects(readPem("my.der", files("0"), FOREVER), /my.der has nothing in PEM/);
});
