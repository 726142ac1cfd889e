/** `check smtp`: whether a mail server greets, knows us and speaks TLS. */
import { smtpProber } from "../../app/check/smtp.ts";
import { gatherTargets, parsePortTargetsAt } from "../../app/check/targets.ts";
import { UsageError } from "../../core/errors.ts";
import { defineCommand } from "../define.ts";
import { flag, integer, list, text, value } from "../option.ts";
import { checkManual } from "./check-manual.ts";
import { connectPlanOf, dialogueOptions, pattern, UP_OR_DOWN, word } from "./dialogue-options.ts";
import { runCheck } from "./run-check.ts";

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
      pattern,
    ),
    starttls: flag({ describe: "Go on over TLS by STARTTLS" }),
    tls: flag({ describe: "Speak TLS from the start" }),
    "no-verify": flag({ short: "k", describe: "Believe any certificate" }),
    sni: value(
      { value: "NAME", describe: "Name to ask TLS for, and to verify; the server's" },
      word,
    ),
    ca: text({
      value: "FILE",
      complete: "file",
      describe: "Certificates to believe beside the host's own",
    }),
    "cert-days": integer({
      value: "N",
      min: 0,
      max: 100_000,
      describe: "Days that the certificate must last",
    }),
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
    const { servers, file, helo, expect, starttls: startTls, tls: tlsFirst, sni } = args;
    if (startTls && tlsFirst)
      throw new UsageError("--starttls and --tls: one way to TLS is enough");
    const certDays = args["cert-days"] ?? null;
    if (certDays !== null && !startTls && !tlsFirst)
      throw new UsageError("--cert-days: without --starttls or --tls there is no certificate");
    const { files, readSecretFile } = ctx.ports;
    const parse = parsePortTargetsAt(tlsFirst ? 465 : 25);
    const targets = await gatherTargets(servers, file, parse, files, ctx.signal);
    const ca = args.ca === undefined ? null : readSecretFile(args.ca).text;
    const tls = { name: sni ?? null, verify: !args["no-verify"], ca, certDays };
    const plan = { ...connectPlanOf(args), tls, tlsFirst };
    const prober = smtpProber({ helo, startTls, expect: expect ?? null }, plan, ctx.ports);
    return await runCheck("smtp", targets, prober, args, ctx);
  },
});
