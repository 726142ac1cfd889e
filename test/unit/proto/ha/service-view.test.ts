import assert from "node:assert/strict";
import { test } from "node:test";
import { journalRecordOf } from "../../../../src/app/ha/journal-line.ts";
import { viewsOf } from "../../../../src/proto/ha/journal-views.ts";
import { DAY_MS, JournalLines } from "../../../support/journal-lines.ts";

/** Of its only service: each view with its begin and end, in milliseconds since the first record. */
function spansOf(journal: JournalLines): string[] {
  const records = journal.lines.flatMap((line) => journalRecordOf(line) ?? []);
  const [service] = viewsOf(records)?.services ?? [];
  return (service?.spans ?? []).map(
    ({ view, fromMs, untilMs }) => `${view} ${fromMs - DAY_MS}..${untilMs - DAY_MS}`,
  );
}

const timeout = { kind: "advert-timeout", last: "10.0.0.2" };
const begun = () => new JournalLines().start(0).transition(0, "init backup", { kind: "started" });

test("a master that falls silent is missed from its last advert on", () => {
  const journal = begun()
    .hearing(500, "10.0.0.2")
    .transition(9000, "backup master", timeout, { priority: 100, age_ms: 3600 })
    .alive(60_000);
  assert.deepEqual(spansOf(journal), [
    "unknown 0..500",
    "elsewhere 500..5400",
    "nowhere 5400..9000",
    "here 9000..60000",
  ]);
});

test("who outranks a master that is heard takes over without an outage", () => {
  const journal = begun()
    .hearing(500, "10.0.0.2")
    .transition(9000, "backup master", { kind: "preempt" }, { priority: 100, age_ms: 900 })
    .alive(10_000);
  assert.deepEqual(spansOf(journal), ["unknown 0..500", "elsewhere 500..9000", "here 9000..10000"]);
});

test("from a resignation on nobody is master, however short ago", () => {
  const journal = begun()
    .hearing(500, "10.0.0.2")
    .transition(9000, "backup master", { kind: "peer-resigned" }, { priority: 0, age_ms: 400 })
    .alive(10_000);
  assert.equal(spansOf(journal)[2], "nowhere 8600..9000");
});

test("where nobody was ever heard nobody served since it listens", () => {
  const journal = begun().transition(3600, "backup master", timeout).alive(5000);
  assert.deepEqual(spansOf(journal), ["nowhere 0..3600", "here 3600..5000"]);
});

test("in FAULT it is served only while another one is heard", () => {
  const journal = begun()
    .transition(1000, "backup master", { kind: "owner" })
    .transition(2000, "master fault", { kind: "fault", faults: ["tracked-down"] })
    .hearing(2600, "10.0.0.2", 100)
    .hearing(9000, null, 4000)
    .alive(10_000);
  assert.deepEqual(spansOf(journal).slice(1), [
    "here 1000..2000",
    "nowhere 2000..2500",
    "elsewhere 2500..5000",
    "nowhere 5000..10000",
  ]);
});

test("the advert of who takes over ends the gap that it would leave", () => {
  const cause = { kind: "higher-priority", source: "10.0.0.2", priority: 200 };
  const journal = begun()
    .transition(1000, "backup master", { kind: "owner" })
    .transition(2000, "master backup", cause)
    .alive(3000);
  assert.deepEqual(spansOf(journal).slice(1), ["here 1000..2000", "elsewhere 2000..3000"]);
});

test("a master that slept served nobody meanwhile", () => {
  const cause = { kind: "overslept", silent_ms: 8000, limit_ms: 3000 };
  const journal = begun()
    .transition(1000, "backup master", { kind: "owner" })
    .transition(20_000, "master backup", cause)
    .hearing(20_500, "10.0.0.2")
    .alive(21_000);
  assert.deepEqual(spansOf(journal).slice(1), [
    "here 1000..12000",
    "nowhere 12000..20500",
    "elsewhere 20500..21000",
  ]);
});

test("a process that died is known until its last sign of life; one that resumes goes on", () => {
  const journal = begun()
    .transition(1000, "backup master", { kind: "owner" })
    .transition(1500, "init master", { kind: "resumed" })
    .alive(60_000)
    .start(90_000)
    .transition(90_000, "init backup", { kind: "started" })
    .hearing(91_000, "10.0.0.2")
    .stop(92_000);
  assert.deepEqual(spansOf(journal).slice(1), [
    "here 1000..60000",
    "unknown 60000..91000",
    "elsewhere 91000..92000",
  ]);
});

test("a boot without a start, as after a torn line, does not inherit what was before", () => {
  const journal = begun().transition(1000, "backup master", { kind: "owner" }).alive(2000).reboot();
  journal.add(500, { type: "alive" }, DAY_MS + 9000);
  journal.add(600, { type: "alive" }, DAY_MS + 9100);
  assert.deepEqual(spansOf(journal).slice(1), ["here 1000..2000", "unknown 2000..9100"]);
});

test("what was lost is unknown, until it is told how things are", () => {
  const journal = begun()
    .transition(1000, "backup master", { kind: "owner" })
    .add(2000, { type: "lost", count: 9 })
    .standing(7000, "backup", "10.0.0.2")
    .alive(8000);
  assert.deepEqual(spansOf(journal).slice(1), [
    "here 1000..2000",
    "unknown 2000..7000",
    "elsewhere 7000..8000",
  ]);
});

test("a router that a reload has taken out is unknown, others go on", () => {
  const taken = begun().hearing(500, "10.0.0.2").add(900, { type: "amended" }).alive(1000);
  assert.deepEqual(spansOf(taken), ["unknown 0..500", "elsewhere 500..900", "unknown 900..1000"]);
  const kept = begun().transition(500, "backup master", { kind: "owner" });
  kept.add(900, { type: "amended" }).standing(900, "master").alive(1000);
  assert.deepEqual(spansOf(kept).slice(1), ["here 500..900", "here 900..1000"]);
});

test("a file that was begun anew goes on by the standing of its routers", () => {
  const journal = new JournalLines()
    .standing(0, "master")
    .alive(10)
    .standing(20, "fault")
    .alive(30);
  assert.deepEqual(spansOf(journal), ["here 0..20", "nowhere 20..30"]);
});
