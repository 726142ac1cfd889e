/** What is wrong with a certificate, in words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  certificateFault,
  DAY_MS,
  daysText,
  formatName,
  parseAltNames,
} from "../../../src/core/certificate.ts";

const FACTS = {
  subject: "CN=a",
  issuer: "CN=CA",
  names: ["a", "b", "c", "d"],
  validFromMs: 10 * DAY_MS,
  validUntilMs: 20 * DAY_MS,
};
const fault = (code: string, wallMs = 15 * DAY_MS, more = {}): string =>
  certificateFault(code, { ...FACTS, ...more }, "x", wallMs);

test("dates are told as days from now, unless they are those of another certificate", () => {
  assert.equal(fault("CERT_HAS_EXPIRED", 23.5 * DAY_MS), "certificate expired 3 days ago");
  assert.match(fault("CERT_HAS_EXPIRED"), /vouches for it has expired/);
  assert.equal(
    fault("CERT_NOT_YET_VALID", 9 * DAY_MS),
    "certificate is not valid before 24 hours from now",
  );
  assert.match(fault("CERT_NOT_YET_VALID"), /vouches for it is not valid yet/);
});

test("a name that is not there is told with some that are", () => {
  const wrong = "ERR_TLS_CERT_ALTNAME_INVALID";
  assert.equal(fault(wrong), "certificate is for a, b, c and 1 more and not for x");
  assert.equal(fault(wrong, 0, { names: [] }), "certificate is for CN=a and not for x");
  assert.match(fault(wrong, 0, { names: [], subject: "" }), /for nobody and not/);
});

test("issuers and codes without words of ours are named", () => {
  assert.match(fault("DEPTH_ZERO_SELF_SIGNED_CERT"), /of CN=a is self-signed/);
  assert.match(fault("SELF_SIGNED_CERT_IN_CHAIN"), /not trusted here/);
  assert.match(fault("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), /not known here: CN=CA/);
  assert.match(fault("CERT_REVOKED"), /was revoked/);
  assert.equal(fault("INVALID_PURPOSE"), "certificate of CN=a is not accepted: invalid purpose");
});

test("below two days hours are told", () => {
  assert.equal(daysText(2 * DAY_MS), "2 days");
  assert.equal(daysText(2 * DAY_MS - 1), "47 hours");
  assert.equal(daysText(DAY_MS / 24), "1 hour");
});

test("names are taken out of OpenSSL's lines, with commas where they are quoted", () => {
  assert.equal(formatName("C=DE\nCN=a"), "C=DE, CN=a");
  assert.deepEqual(parseAltNames('DNS:a, IP Address:192.0.2.1, URI:"x, y"'), [
    "a",
    "192.0.2.1",
    '"x, y"',
  ]);
  assert.deepEqual(parseAltNames(""), []);
});
