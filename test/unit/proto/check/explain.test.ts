import assert from "node:assert/strict";
import { test } from "node:test";
import { SystemError } from "../../../../src/core/errors.ts";
import { explain } from "../../../../src/proto/check/explain.ts";
import { refusalFinding } from "../../../../src/proto/check/refusals.ts";
import {
  type CheckClass,
  type CheckPhase,
  down,
  timedOut,
} from "../../../../src/proto/check/result.ts";
import { good, resultOf } from "../../../support/checks.ts";

const refused = (code: string, phase: CheckPhase) =>
  explain(
    "web:80",
    resultOf(refusalFinding(new SystemError("connect", "web", code), phase), { phase }),
  );

test("it says what was tried, what came back, and what is likely", () => {
  const text = refused("ECONNREFUSED", "connect");
  assert.match(text, /^We tried to connect to web:80\. It ended with: connection refused\. /);
  assert.match(text, /nothing listens .* or a firewall rejects/);
});

test("silence and a refusal have different causes", () => {
  const silent = explain("10.0.0.5:80", resultOf(timedOut("connect", "3s"), { phase: "connect" }));
  assert.match(silent, /the host is off, a firewall drops/);
});

test("where the trouble is ours it says that nothing was sent", () => {
  for (const code of ["ENETUNREACH", "unreachable-route", "EADDRNOTAVAIL", "EACCES", "EPERM"])
    assert.match(refused(code, "connect"), /nothing was sent/, code);
  assert.match(refused("EAI_AGAIN", "dns"), /resolv\.conf/);
});

test("a name that is none is no trouble of ours", () => {
  assert.match(refused("ENOTFOUND", "dns"), /tells each client so/);
});

test("the address that was asked is told where the target is a name", () => {
  const address = "192.0.2.5";
  assert.match(explain("web:80", resultOf(good, { address })), /^web:80 \(192\.0\.2\.5\) answered/);
  assert.match(explain("192.0.2.5:80", resultOf(good, { address })), /^192\.0\.2\.5:80 answered/);
});

test("each class has a cause", () => {
  const classes: CheckClass[] = [
    "L4TOUT",
    "L4CON",
    "L6TOUT",
    "L6RSP",
    "L7TOUT",
    "L7RSP",
    "L7STS",
    "PROCTOUT",
    "PROCERR",
    "SOCKERR",
    "UNK",
  ];
  for (const code of classes) {
    const text = explain("web:80", resultOf(down(code, "it"), { phase: "answer" }));
    assert.match(text, /It ended with: it\. .{20,}/, code);
  }
});
