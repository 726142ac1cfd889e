/** `check tcp`: whether a TCP port lets a client in, and answers as it should. */
import { gatherTargets, parsePortTargets } from "../../app/check/targets.ts";
import { type TcpPlan, tcpProber } from "../../app/check/tcp.ts";
import { type Pattern, parsePattern } from "../../core/byte-pattern.ts";
import { parseByteText } from "../../core/byte-text.ts";
import { defineCommand } from "../define.ts";
import { choice, flag, list, placed, refuse } from "../option.ts";
import { wantedFamily } from "../options.ts";
import { checkManual } from "./check-manual.ts";
import { checkOptions, leaveByOf, sourceOptions } from "./check-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { runCheck } from "./run-check.ts";
import { tlsOptions, tlsPlanOf } from "./tls-options.ts";

export const checkTcp = defineCommand({
  name: "check tcp",
  summary: "Check whether TCP ports let a client in",
  description: [
    "Connects to each HOST:PORT, goes through the dialogue of --send and --expect, where there is one, and closes again.",
    "The steps of a dialogue are taken in the order in which they stand. What is sent is text with the escapes \\n \\r \\t \\0 \\a \\e \\\\ \\xHH, or hex:0a0b. What is expected may stand anywhere in what has come since the step before: such a text, hex:0a0b, or re: and a regular expression of JavaScript, in which ^ and $ are the ends of lines. It is looked for in 64 KiB at most; how long a regular expression takes is in the hands of who writes it.",
    "A port that refuses is L4CON, one from which nothing comes L4TOUT. An answer that is not the expected one is waited through: more may come until the timeout (L7TOUT); one that ends, or is longer, is L7RSP.",
    "With --tls the certificate must be one that the host trusts, for the host's name or the one of --sni. Whatever is wrong with it, or with the handshake, is L6RSP. A server that wants a client certificate under TLS 1.3 says so only when it is spoken to: add an --expect.",
    "With --close fin the server sees an ordinary end of the connection, as from a client that has gone; its logs stay clean. With rst it is cut off, which leaves nothing behind in TIME_WAIT here.",
    "With --proxy-protocol the first thing that is sent is a header that names the two ends of this connection, as HAProxy sends it to servers that want one.",
  ],
  manual: checkManual,
  positionals: {
    targets: list(
      {
        value: "HOST:PORT",
        describe: "Port to connect to; also a block or range of hosts, a range of ports",
      },
      String,
    ),
  },
  options: {
    ...checkOptions,
    ...sourceOptions,
    first: flag({ describe: "Of a name's addresses ask the first alone" }),
    banner: flag({ describe: "Wait for a first line, and tell it" }),
    send: placed({ describe: "To be sent: text with escapes, or hex:" }, bytesOf),
    expect: placed({ describe: "To be answered: text with escapes, hex: or re:" }, patternOf),
    ...tlsOptions,
    "proxy-protocol": choice(["v1", "v2"], { describe: "Header to begin with" }),
    close: choice(["fin", "rst"], { default: "fin", describe: "How to end the connection" }),
  },
  examples: [
    ["check tcp 192.0.2.0/28:22 --at-least 80% --banner", "Most of a block of hosts"],
    [
      'check tcp 192.0.2.5:6379 --send "PING\\r\\n" --expect +PONG',
      "Whether Redis answers as it should",
    ],
    ["check tcp www.example.org:443 --tls --cert-days 30 -j", "Certificates that soon expire"],
  ],
  exitStatus: UP_OR_DOWN,
  async run(args, ctx) {
    const { targets: words, file, first, close, "proxy-protocol": proxy } = args;
    const targets = await gatherTargets(words, file, parsePortTargets, ctx.ports.files, ctx.signal);
    const plan = {
      ...leaveByOf(args),
      family: wantedFamily(args),
      firstOnly: first,
      close,
      proxyProtocol: proxy === undefined ? null : proxy === "v1" ? (1 as const) : (2 as const),
      tls: await tlsPlanOf(args, ctx),
      steps: stepsOf(args),
    };
    return await runCheck("tcp", targets, tcpProber(plan, ctx.ports), args, ctx);
  },
});

type Placed<T> = readonly { readonly place: number; readonly value: T }[];

function stepsOf(args: {
  readonly banner: boolean;
  readonly send: Placed<Uint8Array>;
  readonly expect: Placed<Pattern>;
}): TcpPlan["steps"] {
  const sent = args.send.map(({ place, value: bytes }) => ({
    place,
    step: { kind: "send", bytes } as const,
  }));
  const expected = args.expect.map(({ place, value: pattern }) => ({
    place,
    step: { kind: "expect", pattern } as const,
  }));
  const steps = [...sent, ...expected].sort((a, b) => a.place - b.place).map(({ step }) => step);
  return args.banner ? [{ kind: "expect", pattern: A_LINE }, ...steps] : steps;
}

function bytesOf(given: string): Uint8Array {
  const parsed = parseByteText(given);
  return "bytes" in parsed ? parsed.bytes : refuse(parsed.reason);
}

function patternOf(given: string): Pattern {
  const parsed = parsePattern(given);
  return typeof parsed === "string" ? refuse(parsed) : parsed;
}

const A_LINE: Pattern = { kind: "regex", regex: /\n/, text: "a line" };
