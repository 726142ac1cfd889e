/** Mails go one at a time, are tried again ever more seldom, and are given up in the end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MailQueue } from "../../../../../../src/app/ha/up/notify/mail-queue.ts";
import { SystemError } from "../../../../../../src/core/errors.ts";
import type { Limit, Mail } from "../../../../../../src/io/ports.ts";
import { FakeClock } from "../../../../../support/fake-clock.ts";

const SERVER = { host: "127.0.0.1", port: 25, helo: "h", limitMs: 1000 };
const REFUSED = new SystemError("mail to", "x", "ECONNREFUSED");
const mail = (subject: string): Mail => ({ from: "f", to: ["t"], subject, text: "" });

/** Each attempt goes as `send` says; they are kept as `SECOND SUBJECT`. */
function queueOf(send: (mail: Mail, signal: Limit) => Promise<void>) {
  const clock = new FakeClock();
  const startMs = clock.nowMs();
  const attempts: string[] = [];
  const troubles: string[] = [];
  const sendMail = (one: Mail, _server: unknown, signal: Limit): Promise<void> => {
    attempts.push(`${(clock.nowMs() - startMs) / 1000} ${one.subject}`);
    return send(one, signal);
  };
  const queue = new MailQueue(SERVER, { clock, sendMail }, (line) => troubles.push(line));
  return { queue, clock, attempts, troubles };
}

test("the next one is sent when the one before is, in their order", async () => {
  const ends: (() => void)[] = [];
  const { queue, clock, attempts } = queueOf(() => new Promise((resolve) => ends.push(resolve)));
  for (const subject of ["a", "b"]) queue.push(mail(subject));
  await clock.pass(1000);
  assert.deepEqual(attempts, ["0 a"]);
  ends.shift()?.();
  await clock.pass(0);
  assert.deepEqual(attempts, ["0 a", "1 b"]);
  ends.shift()?.();
  await queue.drained();
  queue.push(mail("c"));
  assert.deepEqual(attempts, ["0 a", "1 b", "1 c"], "also when all before are sent");
});

test("one that is refused is tried eight times, pauses double, and the next one has its turn", async () => {
  const { queue, clock, attempts, troubles } = queueOf(async ({ subject }) => {
    if (subject === "a") throw REFUSED;
  });
  for (const subject of ["a", "b"]) queue.push(mail(subject));
  await clock.pass(3_600_000);
  assert.deepEqual(attempts, [
    "0 a",
    "5 a",
    "15 a",
    "35 a",
    "75 a",
    "155 a",
    "315 a",
    "635 a",
    "635 b",
  ]);
  assert.deepEqual(troubles, [
    "mail to x: ECONNREFUSED: it is tried again",
    "a mail is given up: a: mail to x: ECONNREFUSED",
  ]);
});

test("of those that wait the oldest are given up", async () => {
  const { queue, troubles } = queueOf(() => new Promise(() => {}));
  for (let n = 0; n < 66; n++) queue.push(mail(`${n}`));
  assert.deepEqual(troubles, ["a mail is given up: 1: too many wait"]);
});

test("the end breaks off what is sent, and gives up what waits", async () => {
  const { queue, clock, attempts, troubles } = queueOf(
    (_mail, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(REFUSED));
      }),
  );
  for (const subject of ["a", "b"]) queue.push(mail(subject));
  queue.close();
  await queue.drained();
  assert.deepEqual(attempts, ["0 a"]);
  assert.deepEqual(troubles, [
    "a mail is given up: a: the end is urgent",
    "a mail is given up: b: the end is urgent",
  ]);
  assert.equal(clock.pending, 0);
});

test("the end does not wait for a pause", async () => {
  const { queue, clock, attempts, troubles } = queueOf(() => Promise.reject(REFUSED));
  queue.push(mail("a"));
  await clock.pass(1000);
  queue.close();
  await queue.drained();
  assert.deepEqual([attempts, clock.pending], [["0 a"], 0]);
  assert.equal(troubles.at(-1), "a mail is given up: a: the end is urgent");
});
