/** What a node knew of a virtual server: its quorum while its checks were at work. */
import assert from "node:assert/strict";
import test from "node:test";
import type { JournalNews } from "../../../../src/proto/ha/journal-record.ts";
import { ServerView } from "../../../../src/proto/ha/server-view.ts";

const quorum = (isUp: boolean | undefined): JournalNews => {
  return { type: "quorum", server: "v", isUp, weight: 1, threshold: 2 };
};
const suspended = (isSuspended: boolean): JournalNews => {
  return { type: "suspended", server: "v", isSuspended };
};

/** The views and when each began, of news that are 10 ms apart. */
function viewed(...all: readonly JournalNews[]): string {
  const view = new ServerView(0);
  for (const [n, news] of all.entries()) view.note(news, n * 10);
  const spans = view.end(all.length * 10);
  return spans.map((span) => `${span.fromMs} ${span.view}`).join(", ");
}

test("it serves while it has its quorum, and is unknown before and after", () => {
  const all = [{ type: "alive" }, quorum(true), quorum(false), quorum(undefined)] as const;
  assert.equal(viewed(...all), "0 unknown, 10 here, 20 nowhere, 30 unknown");
});

test("while its checks are suspended it is unknown, then as it was told last", () => {
  const all = [quorum(true), suspended(true), quorum(false), suspended(false)];
  assert.equal(viewed(...all), "0 here, 10 unknown, 30 nowhere");
});

test("what was lost, stopped or begun anew is unknown until it is told again", () => {
  for (const type of ["lost", "stop"] as const)
    assert.equal(viewed(quorum(true), { type }, suspended(false)), "0 here, 10 unknown", type);
  const start = { type: "start", host: null } as const;
  assert.equal(viewed(suspended(true), start, quorum(true)), "0 unknown, 20 here");
});
