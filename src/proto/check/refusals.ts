/** What a refused system call says of the service: nothing where the trouble is our own (connect(2), ip(7)). */
import type { SystemError } from "../../core/errors.ts";
import { type CheckFinding, type CheckPhase, down, unknown } from "./result.ts";
import { tlsRefusalFinding } from "./tls-refusals.ts";

/** @param phase in which it was refused; the errno name is a fact */
export function refusalFinding(error: SystemError, phase: CheckPhase | null): CheckFinding {
  const { code } = error;
  const facts = { errno: code };
  const [late, broken] = phase === "tls" ? (["L6TOUT", "L6RSP"] as const) : OF_ANSWERS;
  // Whoever said so, each client hears the same.
  if (phase === "dns" && NAMELESS.has(code)) return down("L4CON", error.detail || code, facts);
  if (phase === "dns") return unknown(OURS[code] ?? error.message, "SOCKERR", facts);
  if (code === "ETIMEDOUT")
    return phase === "connect" || phase === null
      ? down("L4TOUT", "no connection: given up", facts)
      : down(late, "no more answer: given up", facts);
  const words = REFUSED[code];
  if (words !== undefined) return down("L4CON", words, facts);
  if (CUT_OFF.has(code) && phase === "connect")
    return down("L4CON", "connection cut off as it was made", facts);
  if (CUT_OFF.has(code))
    return down(broken, `connection cut off${phase === "tls" ? " in the handshake" : ""}`, facts);
  return tlsRefusalFinding(error) ?? unknown(OURS[code] ?? error.message, "SOCKERR", facts);
}

const OF_ANSWERS = ["L7TOUT", "L7RSP"] as const;

/** The other host, or a router on the way, says no. */
const REFUSED: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  EHOSTUNREACH: "host unreachable",
  EHOSTDOWN: "host down",
  "unreachable-network": "network unreachable, a router says",
  prohibited: "prohibited by a filter on the way",
};

/** Nobody has such an address to ask. */
const NAMELESS: ReadonlySet<string> = new Set(["ENOTFOUND", "ENODATA"]);

const CUT_OFF: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);

/** We could not even ask. */
const OURS: Readonly<Record<string, string>> = {
  ENETUNREACH: "no route of ours leads there",
  "unreachable-route": "a route of this host makes it unreachable",
  EADDRNOTAVAIL: "no such source address here",
  EACCES: "not permitted here: a firewall rule of this host, or a route, forbids it",
  EPERM: "not permitted here: a firewall rule of this host forbids it, or a capability is missing",
  EMFILE: "too many open files here: raise ulimit -n, or lower --concurrency",
  ENOBUFS: "the kernel's send queue here is full",
  ENODEV: "no such interface here",
};
