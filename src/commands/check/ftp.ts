/** `check ftp`: whether an FTP server greets, speaks TLS, and lets a user in. */
import { ftpProber } from "../../app/check/ftp.ts";
import { gatherTargets, parsePortTargetsAt } from "../../app/check/targets.ts";
import { readPassword } from "../../app/vrrp/secrets.ts";
import { UsageError } from "../../core/errors.ts";
import { defineCommand } from "../define.ts";
import { flag, list, text, value } from "../option.ts";
import { checkManual } from "./check-manual.ts";
import { connectPlanOf, dialogueOptions, word } from "./dialogue-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { unicodePattern } from "./pattern.ts";
import { runCheck } from "./run-check.ts";
import { startTlsOptions, tlsPlanOf } from "./tls-options.ts";

export const checkFtp = defineCommand({
  name: "check ftp",
  summary: "Check whether FTP servers greet, speak TLS and let a user in",
  description: [
    "Connects, waits for the greeting 220 and says QUIT, also after a failure; with --user it logs in and says NOOP before. With --starttls it says AUTH TLS first, and all of this goes over TLS (RFC 4217); no data is transferred, so no PBSZ and PROT are needed.",
    "A reply that says no (4xx, 5xx) is of the class L7STS, one that makes no sense L7RSP; a certificate that is not accepted, or a handshake that fails, L6RSP. The password stands in a file, where no process list shows it; without one it is empty, which anonymous servers accept. Without TLS it goes over the wire as it is: this is FTP.",
  ],
  manual: checkManual,
  positionals: {
    servers: list(
      { value: "SERVER", describe: "HOST[:PORT] to ask, port 21 (990 with --tls)" },
      String,
    ),
  },
  options: {
    ...dialogueOptions,
    expect: value(
      { value: "RE", describe: "Regular expression that the greeting must match" },
      unicodePattern,
    ),
    user: value({ value: "NAME", describe: "Log in by this name" }, word),
    "password-file": text({
      value: "FILE",
      complete: "file",
      describe: "File whose first line is the password",
    }),
    "insecure-key": flag({ describe: "Read a password file that others can read" }),
    ...startTlsOptions,
  },
  examples: [
    ["check ftp 192.0.2.21", "Whether it greets"],
    ["check ftp 192.0.2.21 --user anonymous", "Whether it lets anybody in"],
    [
      "check ftp ftp.example.org --starttls --user probe --password-file /etc/vipkit/ftp",
      "A login",
    ],
  ],
  exitStatus: UP_OR_DOWN,
  async run(args, ctx) {
    const { servers, file, expect, user, "password-file": passwordFile } = args;
    const { starttls: startTls, tls: tlsFirst } = args;
    if (user === undefined && passwordFile !== undefined)
      throw new UsageError("--password-file: without --user nobody logs in");
    const tls = await tlsPlanOf(args, ctx);
    const parse = parsePortTargetsAt(tlsFirst ? 990 : 21);
    const targets = await gatherTargets(servers, file, parse, ctx.ports.files, ctx.signal);
    const insecure = args["insecure-key"];
    const password =
      passwordFile === undefined ? "" : readPassword(ctx.ports, { path: passwordFile, insecure });
    if (password.length > MOST_PASSWORD || /[\0\r]/.test(password))
      throw new UsageError(`--password-file ${passwordFile}: its first line is no password`);
    const login = user === undefined ? null : { user, password };
    const plan = { ...connectPlanOf(args), tls, tlsFirst };
    const prober = ftpProber({ startTls, login, expect: expect ?? null }, plan, ctx.ports);
    return await runCheck("ftp", targets, prober, args, ctx);
  },
});

const MOST_PASSWORD = 1024;
