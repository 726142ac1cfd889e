/** Codes of a failed handshake as findings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemError } from "../../../../src/core/errors.ts";
import { refusalFinding } from "../../../../src/proto/check/refusals.ts";
import { tlsRefusalFinding } from "../../../../src/proto/check/tls-refusals.ts";

const finding = (code: string, detail = "", op = "handshake with") =>
  tlsRefusalFinding(new SystemError(op, "a.example", code, detail));

test("alerts and nonsense are of the service, each in plain words", () => {
  const words: [string, RegExp][] = [
    ["ERR_SSL_WRONG_VERSION_NUMBER", /^no TLS is spoken there$/],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", /no common TLS version/],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", /client certificate is wanted/],
    ["ERR_SSL_TLSV1_ALERT_ACCESS_DENIED", /^handshake refused: access denied$/],
    ["ERR_SSL_DH_KEY_TOO_SMALL", /^handshake failed: dh key too small$/],
    ["EPROTO", /^handshake failed$/],
  ];
  for (const [code, detail] of words) {
    const found = finding(code);
    assert.deepEqual([found?.verdict, found?.class], ["down", "L6RSP"]);
    assert.match(found?.detail ?? "", detail);
  }
  assert.equal(finding("ERR_SSL_ODD", "odd reason")?.detail, "handshake failed: odd reason");
});

test("a certificate's fault is told in the words that came with it", () => {
  const found = finding("CERT_HAS_EXPIRED", "expired", "verify the certificate of");
  assert.deepEqual([found?.class, found?.detail], ["L6RSP", "expired"]);
});

test("our own certificate that cannot be read says nothing of the service", () => {
  assert.equal(finding("ERR_OSSL_PEM_NO_START_LINE")?.verdict, "unknown");
});

test("it comes after what the kernel refuses, and leaves all else alone", () => {
  assert.equal(finding("EMFILE"), undefined);
  const error = new SystemError("handshake with", "a.example", "ERR_SSL_NO_SHARED_CIPHER");
  assert.equal(refusalFinding(error, "tls").class, "L6RSP");
});
