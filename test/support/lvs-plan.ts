/** Virtual servers of plans of `ha up`, for tests. */
import type {
  LvsPlan,
  PlannedCheck,
  PlannedServer,
  PlannedService,
} from "../../src/app/ha/up/plan/lvs-plan.ts";
import type { ServerCare } from "../../src/app/ha/up/servers/service-steering.ts";
import type { IpvsService } from "../../src/core/netlink/ipvs-service.ts";
import type { RealServer } from "../../src/proto/ipvs/real-server.ts";

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
  fileLabel: `[10.0.1.1]:tcp:${port}`,
  weight: 1,
  isInhibited: false,
  isMailed: false,
  hooks: { up: null, down: null },
  checks: [plannedCheck()],
  ipvs: realServer(port),
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
  ipvs: [ipvsService()],
  servers: [],
  ...changes,
});

export const lvsPlan = (
  services: readonly PlannedService[],
  changes: Partial<LvsPlan> = {},
): LvsPlan => ({
  ...{ services, tellsFirst: false, mailsChecks: true },
  ipvs: { flushesFirst: false, flushesLast: false, timeouts: null, daemon: null },
  ...changes,
});

/** 10.0.1.1, whose addresses are translated. */
export const realServer = (port: number, changes: Partial<RealServer> = {}): RealServer => ({
  ...{ ip: Uint8Array.of(10, 0, 1, 1), port, forwarding: { by: "masq" } },
  ...{ upperThreshold: 0, lowerThreshold: 0 },
  ...changes,
});

/** TCP port 80 of 10.0.0.1. */
export const ipvsService = (changes: Partial<IpvsService> = {}): IpvsService => ({
  id: { by: "address", protocol: "tcp", ip: Uint8Array.of(10, 0, 0, 1), port: 80 },
  ...{ scheduler: "wrr", schedulerFlags: 0, onePacket: false, persistence: null },
  ...changes,
});

/** Servers as keepalived treats them. */
export const NO_CARE: ServerCare = {
  ...{ rise: 1, slowStartMs: 0, drainMs: 0, verifiesCertificates: false, names: [] },
};
