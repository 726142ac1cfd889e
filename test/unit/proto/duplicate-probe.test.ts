import assert from "node:assert/strict";
import { test } from "node:test";
import { DuplicateProbe, type ProbeOrder } from "../../../src/proto/duplicate-probe.ts";
import { NEVER } from "../../../src/proto/machine.ts";

const OWN_MAC = "02:00:00:00:00:01";
const OTHER_MAC = "02:00:00:00:00:02";
const IPS = ["192.0.2.1", "2001:db8::1"];

/** Feeds the machine its timer until it finishes. */
function runOut(probe: DuplicateProbe): ProbeOrder[] {
  const orders: ProbeOrder[] = [];
  while (probe.deadlineMs !== NEVER) {
    orders.push(...probe.handle({ kind: "timer-expired" }, probe.deadlineMs));
  }
  return orders;
}
const claim = (ip: string, mac = OTHER_MAC) => ({ kind: "claim-heard", ip, mac }) as const;

test("three probes for each address, then nobody has them", () => {
  const probe = new DuplicateProbe(IPS, OWN_MAC);
  const ask = { kind: "send-probes", ips: IPS };
  assert.deepEqual(probe.handle({ kind: "started" }, 1000), [ask]);
  assert.deepEqual(runOut(probe), [ask, ask, { kind: "finish", duplicates: [] }]);
});

test("all of it takes 0.8 seconds", () => {
  const probe = new DuplicateProbe(IPS, OWN_MAC);
  probe.handle({ kind: "started" }, 1000);
  const deadlines: number[] = [];
  while (probe.deadlineMs !== NEVER) {
    deadlines.push(probe.deadlineMs);
    probe.handle({ kind: "timer-expired" }, probe.deadlineMs);
  }
  assert.deepEqual(deadlines, [1200, 1400, 1800]);
});

test("a claimed address is not asked for again, and its first holder is named", () => {
  const probe = new DuplicateProbe(IPS, OWN_MAC);
  probe.handle({ kind: "started" }, 0);
  assert.deepEqual(probe.handle(claim("192.0.2.1"), 5), []);
  assert.deepEqual(probe.handle(claim("192.0.2.1", "02:00:00:00:00:03"), 6), []);
  const orders = runOut(probe);
  assert.deepEqual(orders[0], { kind: "send-probes", ips: ["2001:db8::1"] });
  const duplicates = [{ ip: "192.0.2.1", mac: OTHER_MAC }];
  assert.deepEqual(orders.at(-1), { kind: "finish", duplicates });
});

test("it is over at once when all addresses are claimed", () => {
  const probe = new DuplicateProbe(["192.0.2.1"], OWN_MAC);
  probe.handle({ kind: "started" }, 0);
  const duplicates = [{ ip: "192.0.2.1", mac: OTHER_MAC }];
  assert.deepEqual(probe.handle(claim("192.0.2.1"), 5), [{ kind: "finish", duplicates }]);
  assert.equal(probe.deadlineMs, NEVER);
  assert.deepEqual(probe.handle({ kind: "timer-expired" }, 9999), []);
  assert.deepEqual(probe.handle(claim("192.0.2.1"), 9999), []);
});

test("what this interface says itself, and claims of other addresses, count for nothing", () => {
  const probe = new DuplicateProbe(IPS, OWN_MAC);
  probe.handle({ kind: "started" }, 0);
  probe.handle(claim("192.0.2.1", OWN_MAC), 1);
  probe.handle(claim("192.0.2.77"), 1);
  assert.deepEqual(runOut(probe).at(-1), { kind: "finish", duplicates: [] });
});

test("a timer that comes early does nothing", () => {
  const probe = new DuplicateProbe(IPS, OWN_MAC);
  probe.handle({ kind: "started" }, 0);
  assert.deepEqual(probe.handle({ kind: "timer-expired" }, 199), []);
});
