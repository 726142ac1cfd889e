import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemError } from "../../../../src/core/errors.ts";
import { refusalFinding } from "../../../../src/proto/check/refusals.ts";
import type { CheckPhase } from "../../../../src/proto/check/result.ts";

const refusal = (code: string, phase: CheckPhase | null) => {
  const found = refusalFinding(new SystemError("connect", "10.0.0.5 port 80", code), phase);
  assert.equal(found.facts.errno, code);
  return `${found.verdict} ${found.class}`;
};

test("what the other host or a router says is down", () => {
  for (const code of [
    "ECONNREFUSED",
    "EHOSTUNREACH",
    "EHOSTDOWN",
    "unreachable-network",
    "prohibited",
  ])
    assert.equal(refusal(code, "connect"), "down L4CON", code);
});

test("that we could not send is never down", () => {
  for (const code of [
    "ENETUNREACH",
    "unreachable-route",
    "EADDRNOTAVAIL",
    "EACCES",
    "EPERM",
    "EMFILE",
    "ENOBUFS",
    "ENODEV",
    "EINVAL",
  ])
    for (const phase of [null, "connect", "answer"] as const)
      assert.equal(refusal(code, phase), "unknown SOCKERR", `${code} ${phase}`);
});

test("a name that is none, or has no address, is down: so each client sees it", () => {
  for (const code of ["ENOTFOUND", "ENODATA"]) assert.equal(refusal(code, "dns"), "down L4CON");
});

test("a name server that cannot say, or be asked, says nothing of the service", () => {
  for (const code of ["EAI_AGAIN", "EAI_FAIL", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET"])
    assert.equal(refusal(code, "dns"), "unknown SOCKERR", code);
});

test("a connection that is cut off, or given up by the kernel, counts for its layer", () => {
  assert.equal(refusal("ECONNRESET", "tls"), "down L6RSP");
  assert.equal(refusal("EPIPE", "send"), "down L7RSP");
  assert.equal(refusal("ETIMEDOUT", "connect"), "down L4TOUT");
  assert.equal(refusal("ETIMEDOUT", "tls"), "down L6TOUT");
  assert.equal(refusal("ETIMEDOUT", "answer"), "down L7TOUT");
});
