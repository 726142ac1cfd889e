import assert from "node:assert/strict";
import { test } from "node:test";
import { ReplyDialogue } from "../../../../src/proto/check/reply-dialogue.ts";
import { type SmtpWish, smtpScript } from "../../../../src/proto/check/smtp-script.ts";
import { converse } from "../../../support/said.ts";

const wish = { helo: "mon.example", startTls: false, expect: null };
const dialogue = (changes: Partial<SmtpWish> = {}) =>
  new ReplyDialogue(smtpScript({ ...wish, ...changes }), "every-line");
const said = (changes: Partial<SmtpWish>, ...facts: string[]) =>
  converse(dialogue(changes), "connected", ...facts);

const GREETING = "220 mx ESMTP\r\n";
const HELLO = "250-mx\r\n250-SIZE 10\r\n250 starttls\r\n";

test("a greeting and a hello are enough", () => {
  assert.deepEqual(said({}, GREETING, HELLO), ["> EHLO mon.example", "L7OK: mx ESMTP"]);
  const it = dialogue();
  converse(it, "connected", GREETING);
  const bytes = new TextEncoder().encode(HELLO);
  const [order] = it.handle({ kind: "received", bytes });
  assert.ok(order?.kind === "finish");
  assert.deepEqual(order.finding.facts, {
    banner: "mx ESMTP",
    hello: "EHLO",
    extensions: ["SIZE", "STARTTLS"],
  });
});

test("a server that knows no EHLO is told HELO", () => {
  const both = ["> EHLO mon.example", "> HELO mon.example"];
  assert.deepEqual(said({}, GREETING, "502 what\r\n", "250 mx\r\n"), [...both, "L7OK: mx ESMTP"]);
  assert.deepEqual(said({}, GREETING, "500 what\r\n", "550 no\r\n"), [
    ...both,
    "L7STS: HELO refused: 550 no",
  ]);
});

test("who greets with a no, has another greeting, or is busy, is down", () => {
  assert.deepEqual(said({}, "421 busy\r\n"), ["L7STS: the connection is refused: 421 busy"]);
  assert.deepEqual(said({ expect: /Postfix/u }, GREETING), ["L7STS: another greeting: mx ESMTP"]);
  assert.equal(said({ expect: /^mx/u }, GREETING, HELLO).at(-1), "L7OK: mx ESMTP");
  assert.equal(said({}, GREETING, "451 later\r\n").at(-1), "L7STS: EHLO refused: 451 later");
});

test("STARTTLS has to be offered and agreed to; behind it the hello is said again", () => {
  const wanted = { startTls: true };
  assert.deepEqual(said(wanted, GREETING, HELLO, "220 go\r\n", "secured", HELLO), [
    ...["> EHLO mon.example", "> STARTTLS", "TLS", "> EHLO mon.example", "L7OK: mx ESMTP"],
  ]);
  const none = said(wanted, GREETING, "250 mx\r\n");
  assert.equal(none.at(-1), "L7STS: STARTTLS is not offered");
  const refused = said(wanted, GREETING, HELLO, "454 no TLS\r\n");
  assert.equal(refused.at(-1), "L7STS: STARTTLS refused: 454 no TLS");
  const injected = said(wanted, GREETING, HELLO, "220 go\r\n250 mine\r\n");
  assert.match(injected.at(-1) ?? "", /^L7RSP: more was said/);
  const shy = said(wanted, GREETING, HELLO, "220 go\r\n", "secured", "421 no\r\n");
  assert.equal(shy.at(-1), "L7STS: EHLO refused: 421 no");
});
