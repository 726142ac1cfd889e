/** What a client trusts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { secureContext } from "../../../src/io/secure-context.ts";

const OPTIONS = {
  serverName: "a",
  verifyName: "a",
  ca: null,
  certificate: null,
  key: null,
  minVersion: "TLSv1.2",
  alpn: [],
} as const;

test("it is made once for all connections that want the same", () => {
  const first = secureContext(OPTIONS);
  assert.equal(secureContext({ ...OPTIONS, serverName: "b", verifyName: "b" }), first);
  assert.notEqual(secureContext({ ...OPTIONS, verifyName: null }), first);
});

test("old versions can be asked for, and texts that are no PEM are refused", () => {
  assert.ok(secureContext({ ...OPTIONS, minVersion: "TLSv1" }));
  assert.throws(() => secureContext({ ...OPTIONS, certificate: "none" }), /PEM/i);
});
