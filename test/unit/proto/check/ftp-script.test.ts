import assert from "node:assert/strict";
import { test } from "node:test";
import { type FtpWish, ftpScript } from "../../../../src/proto/check/ftp-script.ts";
import { ReplyDialogue } from "../../../../src/proto/check/reply-dialogue.ts";
import { converse } from "../../../support/said.ts";

const said = (changes: Partial<FtpWish>, ...facts: string[]) => {
  const wish = { startTls: false, login: null, expect: null, ...changes };
  return converse(new ReplyDialogue(ftpScript(wish), "first-and-last"), "connected", ...facts);
};
const login = { user: "probe", password: "open" };
const [GREETING, ASKS] = ["220-Welcome\r\nto all\r\n220 ready\r\n", "331 password?\r\n"];

test("a greeting is enough where nobody is to log in", () => {
  assert.deepEqual(said({}, GREETING), ["L7OK: Welcome\nto all\nready"]);
  assert.deepEqual(said({}, "120 soon\r\n", "220 now\r\n"), ["L7OK: now"]);
  assert.deepEqual(said({}, "421 full\r\n"), ["L7STS: the connection is refused: 421 full"]);
  assert.deepEqual(said({ expect: /vsFTPd/u }, "220 other\r\n"), [
    "L7STS: another greeting: other",
  ]);
});

test("a login with a password, without one, and still alive behind it", () => {
  const asked = said({ login }, "220 x\r\n", ASKS, "230 in\r\n", "200 fine\r\n");
  assert.deepEqual(asked, ["> USER probe", "> PASS open", "> NOOP", "L7OK: logged in: x"]);
  const open = said({ login }, "220 x\r\n", "230 in\r\n", "200 fine\r\n");
  assert.deepEqual(open, ["> USER probe", "> NOOP", "L7OK: logged in: x"]);
});

test("AUTH TLS has to be agreed to; behind it all is said over TLS", () => {
  const wanted = { startTls: true, login };
  const HELLO = "220 x\r\n";
  assert.deepEqual(
    said(wanted, HELLO, "234 go\r\n", "secured", ASKS, "230 in\r\n", "200 fine\r\n"),
    ["> AUTH TLS", "TLS", "> USER probe", "> PASS open", "> NOOP", "L7OK: logged in: x"],
  );
  assert.deepEqual(said({ startTls: true }, HELLO, "234 go\r\n", "secured"), [
    ...["> AUTH TLS", "TLS", "L7OK: x"],
  ]);
  const answered = (answer: string) => said(wanted, HELLO, answer).slice(1);
  assert.deepEqual(answered("500 what\r\n"), ["L7STS: AUTH TLS refused: 500 what"]);
  assert.deepEqual(answered("534 never\r\n"), ["L7STS: AUTH TLS refused: 534 never"]);
  assert.deepEqual(answered("334 more\r\n"), ["L7RSP: AUTH TLS answered by 334 more"]);
  assert.deepEqual(answered("\x16\x03\x01 rubbish\n"), [
    "L7RSP: no reply with a code: \x16\x03\x01 rubbish",
  ]);
});

test("what is said in the clear behind the consent to TLS is never taken for the server's", () => {
  const wanted = { startTls: true, login };
  for (const more of ["230 in\r\n", "2", "331-and\r\n", "\r\n"]) {
    const injected = said(wanted, "220 x\r\n", `234 go\r\n${more}`);
    assert.equal(injected.length, 2, JSON.stringify(more));
    assert.match(injected.at(-1) ?? "", /^L7RSP: /);
  }
});

test("every no is told without the password", () => {
  const last = (...facts: string[]) => said({ login }, "220 x\r\n", ...facts).at(-1);
  assert.equal(last("530 no\r\n"), "L7STS: the login is refused: 530 no");
  assert.equal(last(ASKS, "530 wrong\r\n"), "L7STS: the login is refused: 530 wrong");
  assert.equal(last(ASKS, "332 account?\r\n"), "L7STS: the login wants an account too");
  assert.equal(last(ASKS, "230 in\r\n", "421 late\r\n"), "L7STS: NOOP refused: 421 late");
  assert.equal(last("220 again\r\n"), "L7RSP: the login is answered by 220 again");
});
