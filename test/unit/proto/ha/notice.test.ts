/** What is told of routers and groups is in keepalived's words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { noticeLine, noticeMail, noticeWords } from "../../../../src/proto/ha/notice.ts";

const VI_1 = { subject: "INSTANCE", name: "VI_1" } as const;
const G_1 = { subject: "GROUP", name: "G_1" } as const;

test("a program gets four words, a FIFO the same as a line with the name in quotes", () => {
  const notice = { ...VI_1, word: "MASTER", priority: 100 } as const;
  assert.deepEqual(noticeWords(notice), ["INSTANCE", "VI_1", "MASTER", "100"]);
  assert.equal(noticeLine(notice), 'INSTANCE "VI_1" MASTER 100\n');
  assert.equal(noticeLine({ ...G_1, word: "STOP", priority: 0 }), 'GROUP "G_1" STOP 0\n');
});

test("a mail says in its subject who came to which state on which machine", () => {
  const subjectOf = (...args: Parameters<typeof noticeMail>) => noticeMail(...args).subject;
  assert.equal(subjectOf(VI_1, "FAULT", "R1"), "[R1] VRRP Instance VI_1 - Entering FAULT state");
  assert.equal(subjectOf(G_1, "STOP", "R1"), "[R1] VRRP Group G_1 - Stopping");
});

test("its text says who has the addresses", () => {
  const textsOf = (who: typeof VI_1 | typeof G_1) =>
    (["MASTER", "BACKUP", "FAULT", "STOP"] as const).map((word) => noticeMail(who, word, "").text);
  assert.deepEqual(textsOf(VI_1), [
    "=> VRRP Instance is now owning VRRP VIPs <=\n",
    "=> VRRP Instance is no longer owning VRRP VIPs <=\n",
    "=> VRRP Instance is no longer owning VRRP VIPs <=\n",
    "=> VRRP Instance stopping <=\n",
  ]);
  assert.deepEqual(textsOf(G_1), [
    "=> All VRRP group instances are now in MASTER state <=\n",
    "=> All VRRP group instances are now in BACKUP state <=\n",
    "=> All VRRP group instances are now in FAULT state <=\n",
    "=> All VRRP group instances are now stopping <=\n",
  ]);
});
