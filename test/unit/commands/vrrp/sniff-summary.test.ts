import assert from "node:assert/strict";
import { test } from "node:test";
import { SniffCounts } from "../../../../src/app/sniff/sniff-counts.ts";
import { summaryLines } from "../../../../src/commands/vrrp/sniff-summary.ts";

const NOTHING = new SniffCounts().summary([], 0, null);

test("nothing was seen: one line", () => {
  assert.deepEqual(summaryLines(NOTHING), [
    "0 packets (0 adverts); 0 senders, 0 virtual routers, 0 masters, 0 takeovers; 0 adverts missed, longest gap 0s",
  ]);
});

test("all that there was, and what was not right, the most frequent first", () => {
  const summary = {
    ...NOTHING,
    packets: 12,
    adverts: 9,
    announcements: 2,
    carp: 1,
    senders: 1,
    vrids: 1,
    masters: 1,
    takeovers: 1,
    splits: 2,
    missed: 3,
    longest_gap_ms: 1500,
    rejected: { short: 1, "bad-checksum": 4 },
    warnings: { "second-master": 4 },
    kernel_drops: 0,
  };
  assert.deepEqual(summaryLines(summary), [
    "12 packets (9 adverts, 2 announcements, 1 of CARP); 1 sender, 1 virtual router, 1 master, 1 takeover, 2 split brains; 3 adverts missed, longest gap 1.5s; kernel drops 0",
    "not believed: bad-checksum 4, short 1",
    "not as it should be: second-master 4",
  ]);
});
