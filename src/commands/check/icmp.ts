/** `check icmp`: whether hosts answer echo requests (RFC 792, RFC 4443). */
import { type IcmpPlan, icmpProber } from "../../app/check/icmp.ts";
import { gatherTargets, parseHostTargets } from "../../app/check/targets.ts";
import { familyOf } from "../../core/addr.ts";
import { defineCommand } from "../define.ts";
import { type ArgsOf, duration, flag, integer, list } from "../option.ts";
import { type familyOptions, wantedFamily } from "../options.ts";
import { checkManual } from "./check-manual.ts";
import { checkOptions, leaveByOf, type SourceArgs, sourceOptions } from "./check-options.ts";
import { runCheck } from "./run-check.ts";

const icmpOptions = {
  timeout: duration({ short: "t", default: "1s", describe: "Of one request, until its reply" }),
  first: flag({ describe: "Of a name's addresses ask the first alone" }),
  size: integer({
    short: "s",
    value: "BYTES",
    min: 0,
    max: 65_507,
    default: "56",
    describe: "Data behind the ICMP header",
  }),
  ttl: integer({
    value: "N",
    min: 1,
    max: 255,
    describe: "TTL or hop limit; as the host has it if not given",
  }),
  tos: integer({ value: "N", min: 0, max: 255, describe: "TOS or traffic class byte" }),
  df: flag({ describe: "Do not fragment: a request that is too long for the way is refused" }),
};

export const checkIcmp = defineCommand({
  name: "check icmp",
  summary: "Check whether hosts answer echo requests",
  description: [
    "Sends an ICMP echo request to each TARGET, from one socket for all of them, and waits for the reply: with the right identifier and sequence number, from the right address. What a router or this host says instead (unreachable, TTL exceeded) is the answer at once, with who said it.",
    "An ICMP socket without privilege is used where net.ipv4.ping_group_range allows it, else a raw one, which needs CAP_NET_RAW; the JSON key method says which. A network without a route, or a request that is longer than the interface can send, is no answer: exit status 2.",
    "Of a name all addresses are asked at once, and one that answers is enough.",
  ],
  manual: {
    ...checkManual,
    "Facts of an echo reply": [
      "With -j there is one object a target; in its facts stand rtt_ms (of the last reply), ttl (of that reply), method (dgram or raw), duplicates and late (replies to what was answered, or given up, already). Where an ICMP error came: icmp_type, icmp_code, sender and mtu.",
    ],
  },
  positionals: {
    targets: list({ value: "TARGET", describe: "Host, address, block or range" }, String),
  },
  options: { ...checkOptions, ...sourceOptions, ...icmpOptions },
  examples: [
    ["check icmp 192.0.2.1 2001:db8::1", "Whether two hosts answer"],
    ["check icmp 192.0.2.0/24 --at-least 80% -q", "Most of a network, by exit status"],
    ["check icmp 192.0.2.1 --size 1472 --df", "Whether 1500 bytes pass in one piece"],
  ],
  exitStatus: {
    0: "All answer, or as many as --at-least wants.",
    1: "Too few answer.",
    2: "Could not find out.",
  },
  seeAlso: ["icmp(7)", "fping(8)", "ping(8)"],
  async run(args, ctx) {
    const { targets: words, file } = args;
    const targets = await gatherTargets(words, file, parseHostTargets, ctx.ports.files, ctx.signal);
    const prober = icmpProber(targets, planOf(args), ctx.ports);
    return await runCheck("icmp", targets, prober, args, ctx);
  },
});

function planOf(
  args: SourceArgs & ArgsOf<typeof icmpOptions> & ArgsOf<typeof familyOptions>,
): IcmpPlan {
  const { size, ttl, tos, df, first } = args;
  const leaveBy = leaveByOf(args);
  const { source } = leaveBy;
  return {
    ...leaveBy,
    family: source === null ? wantedFamily(args) : familyOf(source),
    firstOnly: first,
    sizeBytes: size,
    ttl: ttl ?? null,
    tos: tos ?? null,
    dontFragment: df,
  };
}
