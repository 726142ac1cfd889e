/** What one check of a service found out, in the words of HAProxy's statistics. */

/**
 * L4 is the connection (or the ICMP answer), L6 is TLS, L7 the application, PROC a program; OK,
 * TOUT (no answer in time), CON (refused or unreachable), RSP (an answer that makes no sense), STS (an
 * answer that says no), OKC (up, with a condition). SOCKERR and UNK: we could not find out.
 */
export type CheckClass =
  | "L4OK"
  | "L4TOUT"
  | "L4CON"
  | "L6OK"
  | "L6TOUT"
  | "L6RSP"
  | "L7OK"
  | "L7OKC"
  | "L7TOUT"
  | "L7RSP"
  | "L7STS"
  | "PROCOK"
  | "PROCTOUT"
  | "PROCERR"
  | "SOCKERR"
  | "UNK";

/** `unknown`: the trouble is ours, so nothing is known of the service. */
export type CheckVerdict = "up" | "down" | "unknown";

/** What was being done, in order; a check goes through those that its kind has. */
export type CheckPhase = "dns" | "echo" | "connect" | "tls" | "send" | "answer" | "body" | "run";

export interface CheckFinding {
  readonly verdict: CheckVerdict;
  readonly class: CheckClass;
  /** One short line, for people; may quote the service. */
  readonly detail: string;
  /** What was measured, by JSON name with its unit: rtt_ms, status, cert_days, weight. */
  readonly facts: Readonly<Record<string, CheckFact>>;
}

export type CheckFact = string | number | boolean | null | readonly (string | number)[];

export interface CheckResult extends CheckFinding {
  readonly phase: CheckPhase | null; // in which it ended; null where it did not fail
  readonly address: string | null; // that was asked, of a name; null where none was
  /** How long each phase took that was entered, in milliseconds. */
  readonly phasesMs: Readonly<Partial<Record<CheckPhase, number>>>;
  readonly totalMs: number;
}

export const up = (
  kind: CheckClass,
  detail: string,
  facts: CheckFinding["facts"] = {},
): CheckFinding => ({ verdict: "up", class: kind, detail, facts });

export const down = (
  kind: CheckClass,
  detail: string,
  facts: CheckFinding["facts"] = {},
): CheckFinding => ({ verdict: "down", class: kind, detail, facts });

export const unknown = (
  detail: string,
  kind: "SOCKERR" | "UNK" = "SOCKERR",
  facts: CheckFinding["facts"] = {},
): CheckFinding => ({ verdict: "unknown", class: kind, detail, facts });

/** Nothing came in time. */
export const timedOut = (phase: CheckPhase, limitText: string): CheckFinding =>
  phase === "dns"
    ? unknown(`no name server answered within ${limitText}`)
    : down(TIMEOUT_CLASS[phase], `${WAITING_FOR[phase]} within ${limitText}`);

const TIMEOUT_CLASS = {
  echo: "L4TOUT",
  connect: "L4TOUT",
  tls: "L6TOUT",
  send: "L7TOUT",
  answer: "L7TOUT",
  body: "L7TOUT",
  run: "PROCTOUT",
} as const;

const WAITING_FOR = {
  echo: "no echo reply",
  connect: "no connection",
  tls: "no TLS handshake",
  send: "nothing was taken",
  answer: "no answer",
  body: "no end of the answer",
  run: "no end of the program",
} as const;
