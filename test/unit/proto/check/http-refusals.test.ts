import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemError } from "../../../../src/core/errors.ts";
import { httpRefusal } from "../../../../src/proto/check/http-refusals.ts";
import type { CheckPhase } from "../../../../src/proto/check/result.ts";

const classOf = (code: string, phase: CheckPhase, detail = ""): string =>
  httpRefusal(new SystemError("read", "the answer", code, detail), phase).class;

test("a broken conversation is the fault of the service, in the phase where it broke", () => {
  assert.equal(classOf("ECONNREFUSED", "connect"), "L4CON");
  assert.equal(classOf("ECONNRESET", "tls"), "L6RSP");
  assert.equal(classOf("ERR_SSL_WRONG_VERSION_NUMBER", "tls"), "L6RSP");
  assert.equal(classOf("CERT_HAS_EXPIRED", "tls"), "L6RSP");
  assert.equal(classOf("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "answer"), "L6RSP");
  assert.equal(classOf("ECONNRESET", "answer"), "L7RSP");
  assert.equal(classOf("no-answer", "answer"), "L7RSP");
  assert.equal(classOf("cut-off", "body"), "L7RSP");
  assert.equal(classOf("HPE_INVALID_CONSTANT", "answer"), "L7RSP");
  assert.equal(classOf("ERR_HTTP2_ERROR", "answer"), "L7RSP");
});

test("what fails on our side says nothing of the service", () => {
  assert.equal(classOf("ENETUNREACH", "connect"), "SOCKERR");
  assert.equal(classOf("EAI_AGAIN", "dns"), "SOCKERR");
  assert.equal(classOf("EMFILE", "connect"), "SOCKERR");
});

test("the parser's own words are told where we have none", () => {
  const error = new SystemError("read", "the answer", "HPE_CR_EXPECTED", "Expected LF");
  assert.equal(httpRefusal(error, "answer").detail, "broken answer: Expected LF");
});
