import assert from "node:assert/strict";
import { test } from "node:test";
import { sentenceOf, summaryOf } from "../../../../src/commands/vrrp/timeline-summary.ts";
import { bad, failover, gap, master } from "../../../support/timelines.ts";

test("one change, a gap, a split brain and a bad advert are told in this order", () => {
  assert.deepEqual(summaryOf(failover()), {
    calm: "1 change of master",
    alarms: ["nobody for 4s", "two masters for 50s", "1 bad advert: ttl 64, not 255 (1)"],
  });
});

test("a return counts, a second master is no change, quiet is no alarm", () => {
  const lanes = [
    { source: "a", stretches: [master(0, 10), master(20, 30)], marks: [] },
    { source: "b", stretches: [master(10, 20), master(22, 23, true)], marks: [] },
  ];
  assert.equal(summaryOf(failover({ lanes })).calm, "2 changes of master");
  const [steady] = lanes.map((lane) => ({ ...lane, stretches: [master(0, 30)] }));
  const quiet = failover({ lanes: steady ? [steady] : [], gaps: [] });
  assert.deepEqual(summaryOf(quiet), { calm: "no change of master", alarms: [] });
});

test("of the reasons the most frequent two are named", () => {
  const marks = [bad(1, "x"), bad(2, "y"), bad(3, "y"), bad(4, "z"), bad(5, "z"), bad(6, "z")];
  const lanes = [{ source: "a", stretches: [], marks }];
  const { alarms } = summaryOf(failover({ lanes, gaps: [] }));
  assert.deepEqual(alarms, ["6 bad adverts: z (3), y (2), others"]);
});

test("a sentence names the masters, or that nobody was one", () => {
  const many = Array.from({ length: 7 }, (_, n) => ({
    source: `10.0.0.${n}`,
    stretches: [master(n, n + 1)],
    marks: [],
  }));
  const router = failover({ lanes: many, gaps: [] });
  assert.equal(
    sentenceOf(router, summaryOf(router)),
    "eth0 vrid 51 IPv4: master: 10.0.0.0, 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4 and others; 6 changes of master.",
  );
  const none = failover({ lanes: [], gaps: [gap(0, 300)] });
  assert.match(sentenceOf(none, summaryOf(none)), /: nobody was master; .*nobody for 5m\.$/);
});
