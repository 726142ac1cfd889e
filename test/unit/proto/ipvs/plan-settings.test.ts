import assert from "node:assert/strict";
import { test } from "node:test";
import { planDaemons, planTimeouts } from "../../../../src/proto/ipvs/plan-settings.ts";

const RUNNING = {
  ...{ role: "master" as const, ifName: "eth0", syncId: 1 },
  ...{ maxBytes: 1460, group: Uint8Array.of(224, 0, 0, 81), port: 8848, ttl: 1 },
} as const;
const WANTED = { ...RUNNING, maxBytes: 0, group: null, port: 0, ttl: 0 };

test("a timeout of 0 stays as it is", () => {
  const now = { tcpS: 900, tcpFinS: 120, udpS: 300 };
  assert.deepEqual(planTimeouts(now, { tcpS: 900, tcpFinS: 0, udpS: 0 }), []);
  assert.deepEqual(planTimeouts(now, null), []);
  assert.deepEqual(planTimeouts(now, { tcpS: 0, tcpFinS: 0, udpS: 60 }), [
    { kind: "set-timeouts", timeouts: { ...now, udpS: 60 }, from: now },
  ]);
});

test("a daemon goes on where all that is said of it is so, and begins anew else", () => {
  assert.deepEqual(planDaemons([RUNNING], [WANTED]), []);
  for (const other of [
    { syncId: 2 },
    { ifName: "eth1" },
    { port: 9 },
    { ttl: 2 },
    { maxBytes: 9 },
    { group: Uint8Array.of(224, 0, 0, 82) },
  ]) {
    assert.deepEqual(
      planDaemons([RUNNING], [{ ...WANTED, ...other }]).map(({ kind }) => kind),
      ["stop-daemon", "start-daemon"],
    );
  }
});

test("none is stopped where nothing is said of them, and all where none is wanted", () => {
  assert.deepEqual(planDaemons([RUNNING], null), []);
  assert.deepEqual(planDaemons([RUNNING], []), [{ kind: "stop-daemon", daemon: RUNNING }]);
});

test("a backup whose messages were to be shorter than the kernel allows is as it was wanted", () => {
  const running = { ...RUNNING, role: "backup" as const, maxBytes: 1024 };
  assert.deepEqual(planDaemons([running], [{ ...running, maxBytes: 1000 }]), []);
  const long = { ...RUNNING, maxBytes: 65_507 };
  assert.deepEqual(planDaemons([long], [{ ...long, maxBytes: 65_535 }]), []);
});
