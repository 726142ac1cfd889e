/** The options of `vrrp run` that make adverts believable to the peers, and what they come to. */
import type { VrrpInstance } from "../../app/vrrp/instance.ts";
import { readHmacSettings, readPassword } from "../../app/vrrp/secrets.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { type ArgsOf, choice, duration, flag, integer, text } from "../option.ts";

export const authOptions = {
  "auth-pass": text({
    secret: true,
    describe:
      "Password of version 2, at most 8 bytes, readable on the wire; prefer --auth-pass-file, for ps shows this one until the program has started",
  }),
  "auth-pass-file": text({
    value: "FILE",
    complete: "file",
    describe: "The same from the first line of a file",
  }),
  "key-file": text({
    value: "FILE",
    complete: "file",
    describe: "Keys that sign and verify adverts, lines of ID:SECRET",
  }),
  "key-id": integer({
    min: 1,
    max: 255,
    describe: "The key that signs, the first of the file if not given",
  }),
  "hmac-mode": choice(["receive-only", "permissive", "enforce"], {
    describe: "What is signed and what is believed; enforce if not given",
  }),
  "hmac-window": duration({
    describe:
      "By so much senders' clocks may differ from ours, 1s to 5m; three intervals, at least 5s, if not given",
  }),
  "insecure-key": flag({ describe: "Read a key or password file that others can read" }),
};

type AuthArgs = ArgsOf<typeof authOptions> & { readonly version: "2" | "3" };

/** @throws UsageError, SystemError */
export function authOf(
  args: AuthArgs,
  adverIntervalMs: number,
  ports: Ports,
): Pick<VrrpInstance, "authPass" | "hmac"> {
  refuseClashes(args);
  const insecure = args["insecure-key"];
  const [passwordFile, keyFile] = [args["auth-pass-file"], args["key-file"]];
  return {
    authPass:
      passwordFile === undefined
        ? (args["auth-pass"] ?? null)
        : readPassword(ports, { path: passwordFile, insecure }),
    hmac:
      keyFile === undefined
        ? null
        : readHmacSettings(
            ports,
            { path: keyFile, insecure },
            {
              mode: args["hmac-mode"] ?? "enforce",
              activeId: args["key-id"],
              windowMs: args["hmac-window"],
              adverIntervalMs,
            },
          ),
  };
}

/** Whether there is something that can be read again. */
export const hasSecretFiles = (args: ArgsOf<typeof authOptions>): boolean =>
  args["key-file"] !== undefined || args["auth-pass-file"] !== undefined;

function refuseClashes(args: AuthArgs): void {
  const [passwordFile, keyFile] = [args["auth-pass-file"], args["key-file"]];
  if (args["auth-pass"] !== undefined && passwordFile !== undefined) {
    throw new UsageError("--auth-pass and --auth-pass-file exclude each other");
  }
  const password = passwordFile === undefined ? "--auth-pass" : "--auth-pass-file";
  const hasPassword = args["auth-pass"] !== undefined || passwordFile !== undefined;
  if (hasPassword && keyFile !== undefined) {
    throw new UsageError(`${password} and --key-file clash: an advert has the one or the other`);
  }
  if (hasPassword && args.version === "3") {
    throw new UsageError(
      `${password} needs --version 2: version 3 has no password (RFC 9568 section 9); --key-file signs adverts`,
    );
  }
  for (const option of ["key-id", "hmac-mode", "hmac-window"] as const) {
    if (keyFile === undefined && args[option] !== undefined) {
      throw new UsageError(`--${option} needs --key-file`);
    }
  }
  const windowMs = args["hmac-window"] ?? WINDOW.minMs;
  if (windowMs < WINDOW.minMs || windowMs > WINDOW.maxMs) {
    throw new UsageError(`--hmac-window ${formatDurationMs(windowMs)} is not within 1s to 5m`);
  }
  if (args["insecure-key"] && keyFile === undefined && passwordFile === undefined) {
    throw new UsageError("--insecure-key needs --key-file or --auth-pass-file");
  }
}

/** As keepalived's time_window. */
const WINDOW = { minMs: 1000, maxMs: 300_000 };
