/** What a result means, in plain words: what was tried, what came back, and what is likely behind it. */
import type { CheckClass, CheckResult } from "./result.ts";

/** One paragraph. @param target as the user calls it */
export function explain(target: string, result: CheckResult): string {
  const { verdict, phase, address } = result;
  const asked = address === null || target.includes(address) ? target : `${target} (${address})`;
  const tried = TRIED[phase ?? "answer"] ?? "asked";
  if (verdict === "up")
    return `${asked} answered: ${result.detail}. ${GOOD[result.class] ?? ""}`.trim();
  return `We ${tried} ${asked}. It ended with: ${result.detail}. ${causeOf(result)}`;
}

function causeOf({ verdict, class: code, phase, facts }: CheckResult): string {
  const byErrno = typeof facts.errno === "string" ? BY_ERRNO[facts.errno] : undefined;
  if (verdict === "unknown" && phase === "dns")
    return "The name could not be turned into an address, so nothing is known of the service: see /etc/resolv.conf and /etc/hosts, or check the address itself.";
  if (phase === "dns")
    return "A name server, or /etc/hosts, knows of no address for this name, and tells each client so: the name is misspelt, was taken away, or is known elsewhere only.";
  if (byErrno !== undefined && (phase === "connect" || phase === null || verdict === "unknown"))
    return byErrno;
  return BY_CLASS[code] ?? "";
}

/** By phase. */
const TRIED: Readonly<Record<string, string>> = {
  echo: "sent an ICMP echo request to",
  dns: "looked up the name of",
  connect: "tried to connect to",
  tls: "were let in and began a TLS handshake with",
  send: "were let in and sent our request to",
  answer: "asked, and waited for the answer of",
  body: "got the begin of an answer, and waited for its end, from",
  run: "ran the program of",
};

const GOOD: Readonly<Partial<Record<CheckClass, string>>> = {
  L4OK: "That somebody listens there is all that was asked; it may still be unable to serve.",
  L7OKC: "It is up on a condition, which its detail names.",
};

/** Where the kernel said why. */
const BY_ERRNO: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    "The host is there, but said no (for TCP by a RST): nothing listens on this address and port, its queue is full, or a firewall rejects us instead of dropping.",
  EHOSTUNREACH:
    "A router, or our own neighbour search, says that the host is not there: it is off or its link is down, the address or its netmask is wrong, or a firewall rejects us.",
  EHOSTDOWN:
    "Nobody on our own link answers for this address: the host is off, or the address is wrong.",
  "unreachable-network":
    "A router on the way has no route there: its own link is down, or the address is wrong.",
  prohibited:
    "A firewall on the way, or of the host itself, answers that it lets nobody through to there.",
  ENETUNREACH:
    "This host has no route there, so nothing was sent and nothing is known of the service: see ip route get.",
  "unreachable-route":
    "A route of this host makes it unreachable on purpose, so nothing was sent and nothing is known of the service: see ip route get.",
  EADDRNOTAVAIL:
    "The source address is not one of this host's, or all of its ports are in use; nothing was sent.",
  EACCES: "A firewall rule or a route of this host forbids it; nothing was sent.",
  EPERM: "A firewall rule of this host forbids it, or a capability is missing; nothing was sent.",
  EMFILE: "This process may open no more files: raise ulimit -n, or lower --concurrency.",
  ENOBUFS: "This host could not send as fast as we asked: lower --concurrency.",
  ENODEV: "There is no such interface here: see ip link.",
};

const BY_CLASS: Readonly<Partial<Record<CheckClass, string>>> = {
  L4TOUT:
    "Silence has no sender: the host is off, a firewall drops our packets or the answers, the address is wrong, or the way back leads elsewhere. Refused would be the answer if the host were there without the service.",
  L4CON: "The host, or a router on the way, refused us.",
  L6TOUT:
    "Something listens there but does not speak TLS in time: it is overloaded, hangs, or expects plain text, where the client must speak first or the server greets.",
  L6RSP:
    "What answers there does not agree with us on TLS: it speaks plain text on this port, wants another version or a client certificate, or its certificate is for another name, expired, or signed by nobody whom this host trusts.",
  L7TOUT:
    "The connection stands, so host and port are right; the program behind it hangs, is overloaded, waits for something that we did not say, or a proxy in front of it waits for its own backend.",
  L7RSP:
    "What came back is not of the protocol that we speak, or was cut off: another service listens there, it wants TLS or a PROXY header first, or the program behind it crashed.",
  L7STS:
    "The service works well enough to say no, or says something other than was wanted: look into its own log.",
  PROCTOUT: "The program did not end in time and was killed with all its children.",
  PROCERR: "The program ended with a status that means down, or could not be run.",
  SOCKERR: "The trouble is on this host, so nothing is known of the service.",
  UNK: "Nothing is known of the service.",
};
