/** Virtual servers of plans of `ha up`, for tests. */
import type {
  LvsPlan,
  PlannedCheck,
  PlannedServer,
  PlannedService,
} from "../../src/app/ha/up/plan/lvs-plan.ts";
import type { ServerCare } from "../../src/app/ha/up/servers/service-steering.ts";

/** A TCP_CHECK of 10.0.1.1 port 81 each second. */
export const plannedCheck = (changes: Partial<PlannedCheck> = {}): PlannedCheck => ({
  ...{ kind: "TCP_CHECK", isAlpha: false, tellsAll: false, retries: 0 },
  ...{ delayMs: 1000, retryDelayMs: 1000, warmupMs: 0, limitMs: 500 },
  probe: {
    by: "tcp",
    ...{ ip: Uint8Array.of(10, 0, 1, 1), port: 81, source: null, ifName: null, mark: null },
  },
  ...changes,
});

export const plannedServer = (
  port: number,
  changes: Partial<PlannedServer> = {},
): PlannedServer => ({
  label: `[10.0.1.1]:tcp:${port}`,
  weight: 1,
  isInhibited: false,
  isMailed: false,
  hooks: { up: null, down: null },
  checks: [plannedCheck()],
  ...changes,
});

export const plannedService = (changes: Partial<PlannedService> = {}): PlannedService => ({
  label: "[10.0.0.1]:tcp:80",
  key: "[10.0.0.1]:tcp:80 TCP",
  quorum: 1,
  hysteresis: 0,
  isOmega: false,
  isMailed: false,
  hooks: { up: null, down: null },
  suspendedWithout: null,
  sorry: null,
  servers: [],
  ...changes,
});

export const lvsPlan = (
  services: readonly PlannedService[],
  changes: Partial<LvsPlan> = {},
): LvsPlan => ({ services, tellsFirst: false, mailsChecks: true, ...changes });

/** Servers as keepalived treats them. */
export const NO_CARE: ServerCare = {
  ...{ rise: 1, slowStartMs: 0, drainMs: 0, verifiesCertificates: false, names: [] },
};
