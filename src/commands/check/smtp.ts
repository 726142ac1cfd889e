/** `check smtp`: whether a mail server greets, knows us and speaks TLS. */
import { smtpProber } from "../../app/check/smtp.ts";
import { gatherTargets, parsePortTargetsAt } from "../../app/check/targets.ts";
import { defineCommand } from "../define.ts";
import { list, value } from "../option.ts";
import { checkManual } from "./check-manual.ts";
import { connectPlanOf, dialogueOptions, word } from "./dialogue-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { unicodePattern } from "./pattern.ts";
import { runCheck } from "./run-check.ts";
import { startTlsOptions, tlsPlanOf } from "./tls-options.ts";

export const checkSmtp = defineCommand({
  name: "check smtp",
  summary: "Check whether mail servers greet and speak TLS",
  description: [
    "Connects, waits for the greeting 220, says EHLO, or HELO to a server that knows no EHLO, and QUIT, also after a failure.",
    "A reply that says no (4xx, 5xx) is of the class L7STS, one that makes no sense L7RSP; a certificate that is not accepted, or a handshake that fails, L6RSP.",
  ],
  manual: checkManual,
  positionals: {
    servers: list(
      { value: "SERVER", describe: "HOST[:PORT] to ask, port 25 (465 with --tls)" },
      String,
    ),
  },
  options: {
    ...dialogueOptions,
    helo: value(
      { value: "NAME", default: "localhost", describe: "Name that we say is ours" },
      word,
    ),
    expect: value(
      { value: "RE", describe: "Regular expression that the greeting must match" },
      unicodePattern,
    ),
    ...startTlsOptions,
  },
  examples: [
    ["check smtp 192.0.2.25", "Whether it takes part in mail at all"],
    [
      "check smtp mail.example.org:587 --starttls --cert-days 14",
      "Over TLS, with two weeks to renew",
    ],
    [
      "check smtp 192.0.2.25 --helo mon.example.org --expect Postfix -j",
      "Who greets, for a script",
    ],
  ],
  exitStatus: UP_OR_DOWN,
  async run(args, ctx) {
    const { servers, file, helo, expect, starttls: startTls, tls: tlsFirst } = args;
    const tls = await tlsPlanOf(args, ctx);
    const parse = parsePortTargetsAt(tlsFirst ? 465 : 25);
    const targets = await gatherTargets(servers, file, parse, ctx.ports.files, ctx.signal);
    const plan = { ...connectPlanOf(args), tls, tlsFirst };
    const prober = smtpProber({ helo, startTls, expect: expect ?? null }, plan, ctx.ports);
    return await runCheck("smtp", targets, prober, args, ctx);
  },
});
