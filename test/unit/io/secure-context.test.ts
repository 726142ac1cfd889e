/** What a client trusts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { secureContext, tryTlsFiles } from "../../../src/io/secure-context.ts";
import { Authority } from "../../support/certificates.ts";

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

test("of the files of ours it is told which one is of no use", (t) => {
  const authority = new Authority();
  t.after(() => authority.remove());
  const [{ cert, key }, other] = [authority.sign("a", "DNS:a"), authority.selfSigned("b")];
  const tried = (ca: string | null, certificate: string | null, ours: string | null) => () =>
    tryTlsFiles({ ca, certificate, key: ours });
  tried(authority.cert, cert, key)();
  tried(null, null, null)();
  assert.throws(tried(key, null, null), { name: "SystemError", subject: "ca" });
  assert.throws(tried(null, key, key), { name: "SystemError", subject: "certificate" });
  assert.throws(tried(null, cert, cert), { name: "SystemError", subject: "key" });
  assert.throws(tried(null, cert, other.key), {
    subject: "key",
    code: "ERR_OSSL_X509_KEY_VALUES_MISMATCH",
    detail: "key values mismatch",
  });
});
