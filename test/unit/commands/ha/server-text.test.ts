/** Virtual and real servers as people read them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServiceRecord } from "../../../../src/app/ha/up/servers/server-status.ts";
import { serverEventLine, serviceLines } from "../../../../src/commands/ha/server-text.ts";
import { MARKED } from "../../../support/cli.ts";

const [service, server] = ["[10.0.0.9]:tcp:80", "[10.0.1.1]:tcp:81"];

test("what happens, a line each", () => {
  const check = { type: "check", service, server, check: "TCP_CHECK", detail: "refused" } as const;
  const failed = serverEventLine({ ...check, state: "down", again: false });
  assert.equal(failed, `TCP_CHECK of ${server} for ${service} failed: refused`);
  assert.match(
    serverEventLine({ ...check, state: "down", again: true }),
    /failed, and is tried again: refused$/,
  );
  const quorum = { type: "quorum", service, weight: 1, threshold: 2 } as const;
  assert.equal(
    serverEventLine({ ...quorum, state: "down", cause: "change" }),
    `virtual server ${service} is down: weight 1 is not enough, 2 needed`,
  );
  assert.match(
    serverEventLine({ ...quorum, state: "down", cause: "stop" }),
    /nobody checks it any more$/,
  );
  assert.equal(
    serverEventLine({ type: "weight", service, server, from: 1, to: 2 }),
    `real server ${server} of ${service} has weight 2 instead of 1`,
  );
  const to = (...destinations: { server: string; weight: number; sorry: boolean }[]) =>
    serverEventLine({ type: "destinations", service, destinations });
  assert.equal(to(), `connections to ${service} are to go nowhere`);
  assert.match(to({ server, weight: 1, sorry: true }), /are to go to \S+:81 \(sorry\) weight 1$/);
  const byHand = { type: "hand-weight", service, server } as const;
  assert.match(serverEventLine({ ...byHand, weight: 7 }), / has weight 7 by hand$/);
  assert.match(serverEventLine({ ...byHand, weight: 0 }), / has weight 0 by hand, and is drained$/);
  assert.match(serverEventLine({ ...byHand, weight: null }), / has its own weight again$/);
  assert.match(serverEventLine({ type: "suspended", service, suspended: true }), /not here$/);
});

test("a virtual server and its real ones on a screen, without what could move the cursor", () => {
  const record: ServiceRecord = {
    ...{ service, state: "down", weight: 0, quorum: 1, suspended: true },
    servers: [
      {
        ...{ server, file_server: server, state: "down", weight: 3 },
        ...{ hand_weight: null, connections: null },
        checks: [
          { check: "HTTP_GET", state: "down", age_ms: 400, detail: "\u001b[2Jrefused" },
          { check: "TCP_CHECK", state: "unknown", age_ms: null, detail: null },
          { check: "FILE_CHECK", state: "up", age_ms: null, detail: null },
        ],
      },
    ],
    destinations: [{ server: "[10.0.9.9]:tcp:80", weight: 1, sorry: true }],
  };
  const [head, line] = serviceLines(record, MARKED);
  assert.equal(
    head,
    `virtual server ${service}  <red>down</red>  weight 0 of quorum 1, sorry server [10.0.9.9]:tcp:80, not checked: its address is not here`,
  );
  assert.match(
    line ?? "",
    /^ {2}\[10\.0\.1\.1\]:tcp:81 {2}<red>down<\/red> {2}weight 3 {2}HTTP_GET down, 0\.4s ago: .*refused; TCP_CHECK not asked yet; FILE_CHECK up$/,
  );
  assert.ok(!line?.includes("\u001b"));
});

test("a weight that is set by hand is shown beside its own", () => {
  const connections = { active: 2, inactive: 1, persistent: 0 };
  const record = (hand_weight: number | null): ServiceRecord => ({
    ...{ service, state: "up", weight: 3, quorum: 1, suspended: false, destinations: [] },
    servers: [
      {
        server,
        file_server: server,
        state: "up",
        weight: 3,
        hand_weight,
        checks: [],
        connections: hand_weight === 0 ? connections : null,
      },
    ],
  });
  const shown = (byHand: number | null): string | undefined =>
    serviceLines(record(byHand), MARKED)[1];
  assert.match(shown(null) ?? "", /weight 3$/);
  assert.match(shown(7) ?? "", /weight 3<yellow> 7 by hand<\/yellow>$/);
  assert.match(
    shown(0) ?? "",
    /weight 3<yellow> drained by hand<\/yellow>, active 2, inactive 1, persistent 0$/,
  );
});
