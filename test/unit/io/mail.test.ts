/** Mails, sent to a server that the test made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sendMail } from "../../../src/io/mail.ts";
import { FakeMailServer } from "../../support/mail-server.ts";

const MAIL = {
  from: "ha@example.test",
  to: ["a@example.test", "b@example.test"],
  subject: "[R1] VRRP Instance VI_1 - Entering MASTER state",
  text: "=> VRRP Instance is now owning VRRP VIPs <=\n",
};
const serverAt = (port: number, limitMs = 20_000) => ({
  host: "127.0.0.1",
  port,
  helo: "r1.example.test",
  limitMs,
});
const NO_LIMIT = new AbortController().signal;

test("the server gets the mail for all addressees", async () => {
  await using server = await FakeMailServer.open();
  await sendMail(MAIL, serverAt(server.port), NO_LIMIT);
  const [mail] = server.mails;
  assert.deepEqual(mail?.commands, [
    "EHLO r1.example.test",
    "MAIL FROM:<ha@example.test>",
    "RCPT TO:<a@example.test>",
    "RCPT TO:<b@example.test>",
  ]);
  assert.equal(mail?.headers.get("subject"), MAIL.subject);
  assert.equal(mail?.headers.get("to"), "a@example.test, b@example.test");
  assert.equal(mail?.text, MAIL.text.trimEnd());
});

test("what the server says against it is the error", async () => {
  await using server = await FakeMailServer.open();
  server.refusal = "452 no room";
  await assert.rejects(sendMail(MAIL, serverAt(server.port), NO_LIMIT), {
    name: "SystemError",
    message: /^mail to 127\.0\.0\.1 port \d+: .*452 no room/,
  });
});

test("nobody there, nobody who answers, and somebody who no longer wants it", async () => {
  const server = await FakeMailServer.open();
  const { port } = server;
  server.isSilent = true;
  await assert.rejects(sendMail(MAIL, serverAt(port, 50), NO_LIMIT), { name: "SystemError" });
  const stop = new AbortController();
  const sent = sendMail(MAIL, serverAt(port), stop.signal);
  stop.abort(new Error("the end"));
  await assert.rejects(sent, { message: "the end" });
  await server[Symbol.asyncDispose]();
  await assert.rejects(sendMail(MAIL, serverAt(port), NO_LIMIT), { code: "ECONNREFUSED" });
});
