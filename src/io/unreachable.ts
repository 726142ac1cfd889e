/**
 * Who says that a host cannot be reached. The kernel has the same errno for a route of this host and for
 * what it made of an ICMP error (ip-route(8); icmp_err_convert of net/ipv4/icmp.c and net/ipv6/icmp.c);
 * only when it says so tells them apart.
 */
import { SystemError } from "../core/errors.ts";

/** A refusal at once, before anything was sent. */
export const refusedUnsent = (error: unknown): unknown => renamed(error, UNSENT);

/** A refusal later: somebody on the way has answered what was sent. */
export const refusedOnTheWay = (error: unknown): unknown => renamed(error, ON_THE_WAY);

function renamed(error: unknown, codes: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof SystemError)) return error;
  const { op, subject, code, detail } = error;
  const own = codes[code];
  return own === undefined ? error : new SystemError(op, subject, own, detail, { cause: error });
}

const UNSENT = { EHOSTUNREACH: "unreachable-route" };
const ON_THE_WAY = { ENETUNREACH: "unreachable-network", EACCES: "prohibited" };
