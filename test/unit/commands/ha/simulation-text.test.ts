import assert from "node:assert/strict";
import { test } from "node:test";
import { tryFailures } from "../../../../src/app/ha/simulate/failures.ts";
import { failureLines, simulationLines } from "../../../../src/commands/ha/simulation-text.ts";
import { printable } from "../../../../src/core/printable.ts";
import { checked, cluster, live } from "../../../support/simulated.ts";

const OF = cluster(checked(150, -60), checked(100, -60));

test("a simulation is its timeline, its addresses and its verdicts", async () => {
  const lines = await simulationLines(live(OF, 15, "5s fail chk@a"));
  assert.deepEqual(lines, [
    "0.0s    a  VI_1  INIT -> BACKUP    150        started, 10.0.0.100 on nobody",
    "0.0s    b  VI_1  INIT -> BACKUP    100        started, 10.0.0.100 on nobody",
    "0.0s    a  chk   up",
    "0.0s    b  chk   up",
    "3.414s  a  VI_1  BACKUP -> MASTER  150        advert-timeout, 10.0.0.100 on a",
    "5.0s                                          > fail chk@a",
    "6.0s    a  chk   down",
    "6.0s    a  VI_1  MASTER            150-60=90  priority was 150",
    "9.024s  b  VI_1  BACKUP -> MASTER  100        preempt, 10.0.0.100 on a and b",
    "9.025s  a  VI_1  MASTER -> BACKUP  150-60=90  higher-priority, 10.0.0.100 on b",
    "",
    "10.0.0.100: held since 3.414s, nobody for 0ms, two holders for 1ms (9.024s to 9.025s), in the end on b",
    "",
    "FAILOVER at 5.0s: a -> b, after 4.024s, 150-60=90 < 100, two held them for 1ms (fail chk@a; VI_1)",
  ]);
});

test("a verdict on a weight that does not matter names the one that would", async () => {
  const weak = cluster(checked(150, -30), checked(100, -30));
  const lines = await simulationLines(live(weak, 15, "5s fail chk@a"));
  assert.equal(
    lines.at(-1),
    "NO FAILOVER at 5.0s: a stays MASTER, 150-30=120 > 100; a weight below -50 would move it (fail chk@a; VI_1)",
  );
});

test("an event that changes nothing is told as that, with why", async () => {
  const lines = await simulationLines(live(OF, 15, "5s start a"));
  assert.equal(lines.at(-1), "NOTHING CHANGED at 5.0s: a runs already (start a)");
});

test("failures are rows", async () => {
  const lines = await failureLines([...tryFailures(OF)]);
  assert.deepEqual(lines.slice(0, 5), [
    "fail chk@a        VI_1  FAILOVER   a -> b          nobody 0ms     two 1ms         150-60=90 < 100",
    "link down eth0@a  VI_1  FAILOVER   a -> b          nobody 3024ms  two 0ms         a FAULT (link-down)",
    "stop a            VI_1  FAILOVER   a -> b          nobody 0ms     two 1ms         a does not run",
    "crash a           VI_1  FAILOVER   a -> b          nobody 3024ms  two 0ms         a does not run",
    "freeze a          VI_1  FAILOVER   a -> b          nobody 0ms     two to the end  a is frozen",
  ]);
  assert.equal(lines.length, 10);
});

test("nothing that a name holds reaches the terminal", async () => {
  const of = cluster({ name: "a\u001b[2J", instances: [{ name: "VI\n1" }] });
  const lines = await simulationLines(live(of, 10, "5s loss 1%"));
  assert.ok(lines.length > 3);
  assert.ok(lines.every((line) => line === printable(line)));
});
