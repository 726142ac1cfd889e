/** Options of a check that speaks TLS. */
import { readPem } from "../../app/check/read-whole.ts";
import type { TlsPlan } from "../../app/check/tls.ts";
import { UsageError } from "../../core/errors.ts";
import type { Context } from "../define.ts";
import { type ArgsOf, choice, flag, integer, list, refuse, text } from "../option.ts";

/** Which certificates are believed, which is ours, and how old a version of TLS may be. */
export const trustOptions = {
  "no-verify": flag({ short: "k", describe: "Believe any certificate" }),
  ca: text({
    value: "FILE",
    complete: "file",
    describe: "Certificates to believe beside the host's own",
  }),
  cert: text({ value: "FILE", complete: "file", describe: "Certificate of ours, PEM" }),
  key: text({ value: "FILE", complete: "file", describe: "Its key, PEM" }),
  "tls-min": choice(["1.0", "1.1", "1.2", "1.3"], {
    default: "1.2",
    describe: "Oldest version of TLS",
  }),
};

export const tlsOptions = {
  tls: flag({ describe: "Speak TLS, and verify the certificate" }),
  sni: text({ value: "NAME", describe: "Name to ask TLS for, and to verify; the host's" }),
  alpn: list({ value: "PROTO", describe: "Protocol of which one must be agreed on" }, alpnName),
  ...trustOptions,
  "cert-days": integer({
    value: "N",
    min: 0,
    max: 100_000,
    describe: "Days that the certificate must be good for",
  }),
};

/** null where no TLS is wanted. @throws UsageError, SystemError */
export async function tlsPlanOf(
  args: ArgsOf<typeof tlsOptions>,
  { ports: { files }, signal }: Pick<Context, "ports" | "signal">,
): Promise<TlsPlan | null> {
  const { tls, sni, alpn, ca, cert, key, "cert-days": certDays } = args;
  if (!tls) {
    const other = { sni, ca, cert, key, "cert-days": certDays, alpn: alpn[0] };
    const [without] = Object.entries(other).find(([, it]) => it !== undefined) ?? [];
    if (without !== undefined) throw new UsageError(`--${without} says nothing without --tls`);
    if (args["no-verify"]) throw new UsageError("--no-verify says nothing without --tls");
    return null;
  }
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError("--cert and --key belong together: name both files");
  return {
    serverName: sni ?? null,
    verify: !args["no-verify"],
    certDays: certDays ?? null,
    files: {
      ca: await readPem(ca, files, signal),
      certificate: await readPem(cert, files, signal),
      key: await readPem(key, files, signal),
    },
    minVersion: VERSIONS[args["tls-min"]],
    alpn,
  };
}

function alpnName(given: string): string {
  return given.length > 0 && given.length < 256 ? given : refuse("has not 1 to 255 bytes");
}

const VERSIONS = { "1.0": "TLSv1", "1.1": "TLSv1.1", "1.2": "TLSv1.2", "1.3": "TLSv1.3" } as const;
