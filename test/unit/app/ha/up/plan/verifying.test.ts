import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannedProbe } from "../../../../../../src/app/ha/up/plan/lvs-plan.ts";
import { verifying } from "../../../../../../src/app/ha/up/plan/verifying.ts";
import {
  lvsPlan,
  plannedCheck,
  plannedServer,
  plannedService,
} from "../../../../../support/lvs-plan.ts";
import { ip } from "../../../../../support/packets.ts";

const way = { port: 443, source: null, ifName: null, mark: null, ip: ip("10.0.1.1") };
const pages = (isTls: boolean): PlannedProbe => ({
  ...{ by: "http", ...way, version: "1.1", verifies: false, pages: [] },
  tls: isTls ? { ca: null, certificate: null, key: null } : null,
});

test("pages over TLS are asked for with a certificate that is good; other checks stay", () => {
  const probes = [pages(true), pages(false), { by: "tcp", ...way } as const];
  const checks = probes.map((probe) => plannedCheck({ probe }));
  const plan = lvsPlan([plannedService({ servers: [plannedServer(443, { checks })] })]);
  const [server] = verifying(plan).services[0]?.servers ?? [];
  const [page, ...others] = server?.checks ?? [];
  assert.equal(page?.probe.by === "http" && page.probe.verifies, true);
  assert.deepEqual(others, checks.slice(1));
});
