/** `check dns`: whether a name server answers, and what. */
import { dnsProber } from "../../app/check/dns.ts";
import { gatherTargets, parsePortTargetsAt } from "../../app/check/targets.ts";
import { DNS_RCODES, type DnsEdns, parseDnsType, refusedDnsName } from "../../core/dns.ts";
import { defineCommand } from "../define.ts";
import { choice, flag, integer, list, refuse, value } from "../option.ts";
import { wantedFamily } from "../options.ts";
import { checkManual } from "./check-manual.ts";
import { checkOptions, leaveByOf, sourceOptions } from "./check-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { runCheck } from "./run-check.ts";

export const checkDns = defineCommand({
  name: "check dns",
  summary: "Check whether name servers answer",
  description: [
    "Asks each name server one question; it is up when its answer has the wanted code and answers.",
    "An answer counts only with the id and the question of the query; others are ignored, and counted. One that was cut off (TC) is asked for again over TCP. A port to which nobody listens is down at once where an ICMP error says so.",
    "By EDNS (RFC 6891) the server is told how long an answer over UDP may be, and the extended codes are understood. One that does not know it, so that its answer has no OPT, is down; that of two makes no sense. In JSON, edns_version, edns_payload_bytes and dnssec_ok are the server's own, and authenticated (AD) says that it verified the signatures.",
    "An --answer is written as in a master file: 192.0.2.1, 2001:db8::1, 10 mail.example.org (MX), 0 5 5060 sip.example.org (SRV); the text alone (TXT). Names are compared whatever their case.",
  ],
  manual: checkManual,
  positionals: {
    servers: list(
      { value: "SERVER", describe: "HOST[:PORT] to ask, port 53; also a block or range of hosts" },
      String,
    ),
  },
  options: {
    ...checkOptions,
    ...sourceOptions,
    first: flag({ describe: "Of a name's addresses ask the first alone" }),
    name: value({ value: "NAME", default: ".", describe: "To ask for" }, (text) => {
      const reason = refusedDnsName(text);
      return reason === undefined ? text : refuse(reason);
    }),
    type: value(
      { value: "TYPE", describe: "Of the records to ask for; A, or NS for the root" },
      dnsType,
    ),
    tcp: flag({ describe: "Ask over TCP from the start" }),
    rcode: choice([...DNS_RCODES, "any"], {
      value: "CODE",
      default: "NOERROR",
      describe: "That is wanted; any: whatever the server says",
    }),
    answer: list({ value: "VALUE", describe: "That must be there; all of them" }, String),
    "no-recursion": flag({ describe: "Ask for what the server knows itself" }),
    edns: flag({ describe: "Ask by EDNS, and want an answer by EDNS" }),
    bufsize: integer({
      value: "BYTES",
      min: 512,
      max: 65_535,
      describe: "Longest answer over UDP, by EDNS; else 1232",
    }),
    dnssec: flag({ describe: "Ask for signatures too, by EDNS (the DO bit)" }),
  },
  examples: [
    ["check dns 192.0.2.53 --rcode any", "Whether it answers at all, also where it refuses"],
    ["check dns 192.0.2.53 --name www.example.org --answer 192.0.2.80", "Whether it knows better"],
    [
      "check dns 192.0.2.53 [2001:db8::53]:5353 --name example.org --type MX --dnssec -j",
      "With signatures, for a script",
    ],
  ],
  exitStatus: UP_OR_DOWN,
  async run(args, ctx) {
    const { servers, file, first: firstOnly, name, tcp, rcode, answer: answers } = args;
    const { files } = ctx.ports;
    const targets = await gatherTargets(servers, file, parsePortTargetsAt(53), files, ctx.signal);
    const plan = {
      ...leaveByOf(args),
      family: wantedFamily(args),
      firstOnly,
      question: { name, type: args.type ?? (name === "." ? "NS" : "A") },
      recursion: !args["no-recursion"],
      edns: ednsOf(args),
      tcp,
      want: { rcode, answers },
    };
    return await runCheck("dns", targets, dnsProber(plan, ctx.ports), args, ctx);
  },
});

/** As dig has it: each of its options is enough. */
function ednsOf({
  edns,
  bufsize,
  dnssec,
}: {
  readonly edns: boolean;
  readonly bufsize: number | undefined;
  readonly dnssec: boolean;
}): DnsEdns | null {
  if (!edns && bufsize === undefined && !dnssec) return null;
  return { payloadBytes: bufsize ?? USUAL_BYTES, dnssecOk: dnssec };
}

function dnsType(text: string): string {
  const parsed = parseDnsType(text);
  return typeof parsed === "string" ? refuse(parsed) : parsed.type;
}

const USUAL_BYTES = 1232; // IPv6 carries them on every link in one piece
