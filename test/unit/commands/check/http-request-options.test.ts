import assert from "node:assert/strict";
import { test } from "node:test";
import {
  httpRequestOf,
  httpRequestOptions,
} from "../../../../src/commands/check/http-request-options.ts";
import { parseArgs } from "../../../../src/commands/parse.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const { signal } = new AbortController();
function request(...words: string[]) {
  const args = parseArgs(words, {}, httpRequestOptions) as Parameters<typeof httpRequestOf>[0];
  return httpRequestOf(args, { ports: new FakePorts(), signal });
}

test("a body makes it a POST, unless a method is named", async () => {
  assert.equal((await request()).method, "GET");
  assert.equal((await request("--body", "x")).method, "POST");
  assert.equal((await request("--body", "x", "-X", "PUT")).method, "PUT");
  assert.deepEqual((await request("--body", "é")).body, Uint8Array.of(0xc3, 0xa9));
});

test("headers are taken as they are, what would break the request is refused", async () => {
  const { headers } = await request("-H", "X-A:  b: c ", "-H", "Host: x");
  assert.deepEqual(headers, [
    ["X-A", "b: c"],
    ["Host", "x"],
  ]);
  for (const bad of ["X", ": x", "X Y: z", "X: a\r\nY: b", "Content-Length: 5"])
    await assert.rejects(async () => await request("-H", bad), /--header/, bad);
  for (const bad of ["CONNECT", "G T", ""])
    await assert.rejects(async () => await request("-X", bad), /--method/, bad);
});

test("options that clash are named", async () => {
  await assert.rejects(request("--body", "x", "--body-file", "y"), /--body and --body-file/);
  await assert.rejects(request("--cert", "x"), /--cert and --key/);
});

test("TLS is verified unless -k says otherwise, and not older than 1.2", async () => {
  const { tls } = await request();
  assert.deepEqual([tls.verify, tls.minVersion], [true, "TLSv1.2"]);
  assert.equal((await request("-k")).tls.verify, false);
  assert.equal((await request("--tls-min", "1.3")).tls.minVersion, "TLSv1.3");
});
