import assert from "node:assert/strict";
import { test } from "node:test";
import { readPem, readText, readWhole } from "../../../../src/app/check/read-whole.ts";

const FOREVER = new AbortController().signal;
/** Gives the chunks out of one buffer, as files do. */
const files = (...chunks: readonly (string | Uint8Array)[]) => ({
  async read(_: string, onChunk: (bytes: Uint8Array) => void | Promise<void>) {
    const buffer = new Uint8Array(64);
    for (const chunk of chunks) {
      const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
      buffer.set(bytes);
      await onChunk(buffer.subarray(0, bytes.length));
    }
  },
});

test("the chunks of a file come together, up to the limit", async () => {
  const bytes = await readWhole("x", 6, files("abc", "def"), FOREVER);
  assert.equal(new TextDecoder().decode(bytes), "abcdef");
  await assert.rejects(readWhole("x", 5, files("abc", "def"), FOREVER), /longer than 5 bytes/);
});

test("a character that two chunks share is one", async () => {
  const bytes = new TextEncoder().encode("a€b");
  const pieces = files(bytes.subarray(0, 2), bytes.subarray(2));
  assert.equal(await readText("-", 5, pieces, FOREVER), "a€b");
});

test("what came before an interruption is not taken for the whole", async () => {
  const stop = new AbortController();
  const begin = files("abc");
  const interrupted: typeof begin = {
    read: async (path, onChunk) => {
      await begin.read(path, onChunk);
      stop.abort(new Error("stopped"));
    },
  };
  await assert.rejects(readWhole("-", 6, interrupted, stop.signal), /stopped/);
});

test("what has no PEM in it is refused by its name", async () => {
  assert.equal(await readPem(undefined, files(), FOREVER), null);
  const pem = "-----BEGIN CERTIFICATE-----";
  assert.equal(await readPem("x", files(pem), FOREVER), pem);
  await assert.rejects(readPem("my.der", files("0"), FOREVER), /my.der has nothing in PEM/);
});
