/** What a refused system call says of the service: nothing where the trouble is our own (connect(2), ip(7)). */
import type { SystemError } from "../../core/errors.ts";
import { type CheckFinding, type CheckPhase, down, unknown } from "./result.ts";
import { tlsRefusalFinding } from "./tls-refusals.ts";

/** @param phase in which it was refused */
export function refusalFinding(error: SystemError, phase: CheckPhase | null): CheckFinding {
  const { code } = error;
  const words = REFUSED[code];
  if (words !== undefined && phase !== "dns") return down("L4CON", words);
  if (CUT_OFF.has(code))
    return phase === "tls"
      ? down("L6RSP", "connection cut off in the handshake")
      : down("L7RSP", "connection cut off");
  return tlsRefusalFinding(error) ?? unknown(OURS[code] ?? error.message);
}

/** The other host, or a router on the way, says no. */
const REFUSED: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  EHOSTUNREACH: "host unreachable",
  EHOSTDOWN: "host down",
  ETIMEDOUT: "no connection: the kernel gave up",
};

const CUT_OFF: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);

/** We could not even ask. */
const OURS: Readonly<Record<string, string>> = {
  ENETUNREACH: "no route of ours leads there",
  EADDRNOTAVAIL: "no such source address here",
  EACCES: "not permitted here: a firewall rule of this host, or a route, forbids it",
  EPERM: "not permitted here: a firewall rule of this host forbids it, or a capability is missing",
  EMFILE: "too many open files here: raise ulimit -n, or lower --concurrency",
  ENOBUFS: "the kernel's send queue here is full",
  ENODEV: "no such interface here",
};
