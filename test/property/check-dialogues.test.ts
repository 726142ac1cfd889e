import assert from "node:assert/strict";
import { test } from "node:test";
import {
  array,
  constantFrom,
  assert as holds,
  oneof,
  property,
  string,
  uint8Array,
} from "fast-check";
import type { Dialogue } from "../../src/proto/check/dialogue.ts";
import { ftpScript } from "../../src/proto/check/ftp-script.ts";
import { ReplyDialogue } from "../../src/proto/check/reply-dialogue.ts";
import { smtpScript } from "../../src/proto/check/smtp-script.ts";
import { TelnetDialogue } from "../../src/proto/check/telnet-dialogue.ts";

const DIALOGUES: readonly (() => Dialogue)[] = [
  () => new ReplyDialogue(smtpScript({ helo: "me", startTls: true, expect: null }), "every-line"),
  () =>
    new ReplyDialogue(
      ftpScript({ startTls: true, login: { user: "me", password: "" }, expect: null }),
      "first-and-last",
    ),
  () => new TelnetDialogue(/login:/u),
];

const said = oneof(
  uint8Array({ maxLength: 50 }),
  string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
  constantFrom(
    "220 a\r\n",
    "250-a\r\n",
    "250 STARTTLS\r\n",
    "331 a\r\n",
    "230 a\r\n",
    "234 a\r\n",
    "421\n",
  ).map((text) => new TextEncoder().encode(text)),
);

test("whatever is said, a conversation ends once at most, and always when it is closed", () => {
  holds(
    property(constantFrom(...DIALOGUES), array(said, { maxLength: 12 }), (begin, pieces) => {
      const dialogue = begin();
      const orders = [...dialogue.handle({ kind: "connected" })];
      const isOver = () => orders.some(({ kind }) => kind === "finish");
      for (const bytes of pieces) {
        if (isOver()) break;
        orders.push(...dialogue.handle({ kind: "received", bytes }));
        if (orders.at(-1)?.kind === "start-tls")
          orders.push(...dialogue.handle({ kind: "secured" }));
      }
      if (!isOver()) orders.push(...dialogue.handle({ kind: "closed" }));
      assert.equal(orders.filter(({ kind }) => kind === "finish").length, 1);
      assert.equal(orders.at(-1)?.kind, "finish");
      assert.equal(typeof dialogue.awaited, "string");
    }),
  );
});
