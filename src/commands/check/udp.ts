/** `check udp`: whether a UDP port answers, or at least nobody says that there is none. */
import { gatherTargets, parsePortTargets } from "../../app/check/targets.ts";
import { type UdpPlan, udpProber } from "../../app/check/udp.ts";
import { type Pattern, parseMasked, parsePattern } from "../../core/byte-pattern.ts";
import { parseByteText } from "../../core/byte-text.ts";
import { UsageError } from "../../core/errors.ts";
import { defineCommand } from "../define.ts";
import { flag, integer, list, refuse, value } from "../option.ts";
import { wantedFamily } from "../options.ts";
import { accepted } from "./accepted.ts";
import { checkManual } from "./check-manual.ts";
import { checkOptions, leaveByOf, sourceOptions } from "./check-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { runCheck } from "./run-check.ts";

/** Bytes of a datagram over IPv4: 65535 less the headers. */
const LONGEST = 65_507;

export const checkUdp = defineCommand({
  name: "check udp",
  summary: "Check whether UDP ports answer",
  description: [
    "Sends one datagram to each HOST:PORT, empty unless --send says what.",
    "A host that says that nobody listens there (ICMP port unreachable) is down at once, L4CON. Silence is down, L7TOUT, where an answer is required: by --reply, or by what else is said of the answer. Otherwise silence until the timeout is up, for many services answer only what they like; it is told so.",
    "The first answer counts. It must have the wanted length, and match every --expect: text with the escapes \\n \\r \\t \\0 \\a \\e \\\\ \\xHH, hex:0a0b, or re: and a regular expression, anywhere in it; and --expect-hex at its begin, where x is any half of a byte.",
  ],
  manual: checkManual,
  positionals: {
    targets: list(
      {
        value: "HOST:PORT",
        describe: "Port to ask; also a block or range of hosts, a range of ports",
      },
      String,
    ),
  },
  options: {
    ...checkOptions,
    ...sourceOptions,
    first: flag({ describe: "Of a name's addresses ask the first alone" }),
    send: value({ default: "", describe: "Payload: text with escapes, or hex:" }, payloadOf),
    reply: flag({ describe: "Silence is down" }),
    expect: list({ describe: "In the answer: text with escapes, hex: or re:" }, (given) =>
      accepted(parsePattern(given)),
    ),
    "expect-hex": list({ value: "HEX", describe: "The answer's begin, such as 0a0bxx" }, (given) =>
      accepted(parseMasked(given)),
    ),
    "min-reply": integer({
      value: "BYTES",
      min: 0,
      max: LONGEST,
      describe: "Shortest answer that will do",
    }),
    "max-reply": integer({
      value: "BYTES",
      min: 0,
      max: LONGEST,
      describe: "Longest answer that will do",
    }),
  },
  examples: [
    ["check udp 192.0.2.5:514", "Whether the host says that nobody listens"],
    [
      'check udp 192.0.2.5:11211 --send "hex:0001 0000 0001 0000 76657273696f6e0d0a" --expect VERSION',
      "Whether memcached answers",
    ],
    ["check udp 192.0.2.0/28:123 --send hex:e3 --reply -t 500ms -j", "Who answers within 500 ms"],
  ],
  exitStatus: UP_OR_DOWN,
  async run(args, ctx) {
    const { targets: words, file, first: firstOnly, send: payload } = args;
    const targets = await gatherTargets(words, file, parsePortTargets, ctx.ports.files, ctx.signal);
    const family = wantedFamily(args);
    const plan = { ...leaveByOf(args), family, firstOnly, payload, want: wantOf(args) };
    return await runCheck("udp", targets, udpProber(plan, ctx.ports), args, ctx);
  },
});

function wantOf(args: {
  readonly reply: boolean;
  readonly expect: readonly Pattern[];
  readonly "expect-hex": readonly Pattern[];
  readonly "min-reply": number | undefined;
  readonly "max-reply": number | undefined;
}): UdpPlan["want"] {
  const { reply, "min-reply": least, "max-reply": most } = args;
  const patterns = [...args.expect, ...args["expect-hex"]];
  if (least !== undefined && most !== undefined && least > most)
    throw new UsageError(`--min-reply ${least} is more than --max-reply ${most}`);
  const required = reply || patterns.length > 0 || least !== undefined || most !== undefined;
  return { required, minBytes: least ?? 0, maxBytes: most ?? LONGEST, patterns };
}

function payloadOf(given: string): Uint8Array {
  const parsed = parseByteText(given);
  if ("reason" in parsed) return refuse(parsed.reason);
  return parsed.bytes.length > LONGEST ? refuse(`is longer than ${LONGEST} bytes`) : parsed.bytes;
}
