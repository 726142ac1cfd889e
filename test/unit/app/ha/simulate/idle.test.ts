import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checked, cluster, live } from "../../../../support/simulated.ts";

describe("events that change nothing", () => {
  const idleOf = (...events: readonly string[]): string | null => {
    const node = {
      ...checked(150, -60),
      watched: ["nginx"],
      files: [{ name: "maint", value: 0 }],
    };
    const verdict = live(cluster(node, {}, {}), 60, ...events).verdicts.at(-1);
    assert.equal(verdict?.idle === null, verdict?.findings.length !== 0);
    return verdict?.idle ?? null;
  };

  test("what is so already is told, with no finding", () => {
    for (const [events, idle] of [
      ["start a", "a runs already"],
      ["stop a; start a", null],
      ["kill a; stop a", "a does not run"],
      ["crash a; reload a", "a does not run"],
      ["crash a; crash a", "a does not run"],
      ["kill a; crash a", null],
      ["crash a; freeze a", "a does not run"],
      ["thaw a", "a is not frozen"],
      ["freeze a; freeze a", "a is frozen already"],
      ["freeze a; stop a", "a is frozen, and learns of it only when it thaws"],
      ["freeze a; kill a", null],
      ["reload a", null],
      ["recover chk@a", "chk of a has not failed"],
      ["fail chk@a; fail chk@a", "chk of a fails already"],
      ["fail chk@a; hang chk@a", null],
      ["hang chk@a; hang chk@a", "chk of a hangs already"],
      ["fail nginx@a; fail nginx@a", "nginx of a fails already"],
      ["recover nginx@a", "nginx of a has not failed"],
      ["set maint@a 0", "maint of a is 0 already"],
      ["set maint@a 1", null],
      ["link up eth0@a", "eth0 of a is up already"],
      ["link down eth0@a; link down eth0@a", "eth0 of a is down already"],
      ["link down eth0@a; link up eth0@a", null],
      ["heal", "nobody is cut off"],
      ["cut b; heal a c", "a and c are not cut off"],
      ["cut b; heal b a", null],
      ["cut a b; cut b a", "b and a are cut off already"],
      ["cut a b; cut b", null],
      ["cut a; cut b; cut a b", null],
      ["loss 0%", "it is 0% already"],
      ["loss 5%; loss 5%", "it is 5% already"],
    ] as const) {
      const timed = events.split("; ").map((words, at) => `${10 + 10 * at}s ${words}`);
      assert.equal(idleOf(...timed), idle, events);
    }
  });

  test("one that hands over has not ended", () => {
    assert.equal(
      idleOf("10s stop b", "11s stop c", "20s stop a", "20.5s start a"),
      "a has not ended yet",
    );
  });
});
