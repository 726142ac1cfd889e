/** What `ha up --verify-certificates` makes of a plan, which keepalived.conf cannot say. */
import type { LvsPlan, PlannedCheck } from "./lvs-plan.ts";

/** Pages over TLS are good only with a certificate that is for their name, of an authority that is trusted. */
export const verifying = (plan: LvsPlan): LvsPlan => ({
  ...plan,
  services: plan.services.map((service) => ({
    ...service,
    servers: service.servers.map((server) => ({ ...server, checks: server.checks.map(verified) })),
  })),
});

const verified = (check: PlannedCheck): PlannedCheck =>
  check.probe.by === "http" && check.probe.tls !== null
    ? { ...check, probe: { ...check.probe, verifies: true } }
    : check;
