/** Options of a check that speaks TLS. */
import { readPem } from "../../app/check/read-whole.ts";
import type { TlsPlan, TlsTrust } from "../../app/check/tls.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import type { Context } from "../define.ts";
import { type ArgsOf, choice, flag, list, refuse, text, value } from "../option.ts";
import { word } from "./dialogue-options.ts";

/** Which certificates are believed, and for whom, which is ours, and how old a version may be. */
export const trustOptions = {
  sni: value({ value: "NAME", describe: "Name to ask TLS for, and to verify; the host's" }, word),
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

export const certDaysOption = {
  "cert-days": value(
    { value: "DAYS|WARN,CRIT", describe: "Days that the certificate must be good for" },
    certDays,
  ),
};

interface CertDays {
  readonly warnDays: number | null; // null: where only one number is given
  readonly days: number;
}

/**
 * For fewer than `warnDays` a certificate is told to end soon, for fewer than `critDays` it is down. A
 * plugin warns with one number, and finds only critical what has expired, as check_http does.
 */
export function certLimitsOf(args: {
  readonly "cert-days"?: CertDays | undefined;
  readonly nagios?: boolean;
}): { readonly warnDays: number | null; readonly critDays: number | null } {
  const given = args["cert-days"];
  if (given === undefined) return { warnDays: null, critDays: null };
  const { warnDays, days } = given;
  const isWarning = warnDays === null && args.nagios === true;
  return isWarning ? { warnDays: days, critDays: 0 } : { warnDays, critDays: days };
}

export const tlsOptions = {
  tls: flag({ describe: "Speak TLS from the start, and verify the certificate" }),
  ...trustOptions,
  alpn: list({ value: "PROTO", describe: "Protocol of which one must be agreed on" }, alpnName),
  ...certDaysOption,
};

/** Of services that begin TLS in the middle of a conversation. */
export const startTlsOptions = {
  starttls: flag({ describe: "Go over to TLS before anything else is said, and verify likewise" }),
  ...tlsOptions,
};

type Outside = Pick<Context, "ports" | "signal">;

/** null where no TLS is wanted. @throws UsageError, SystemError */
export async function tlsPlanOf(
  args: ArgsOf<typeof tlsOptions> & { readonly starttls?: boolean; readonly nagios?: boolean },
  ctx: Outside,
): Promise<TlsPlan | null> {
  const { tls, starttls, sni, alpn, ca, cert, key, "cert-days": days } = args;
  if (tls && starttls) throw new UsageError("--starttls and --tls: one way to TLS is enough");
  if (!tls && !starttls) {
    const verify = args["no-verify"] || undefined;
    const other = { sni, ca, cert, key, "cert-days": days, alpn: alpn[0], "no-verify": verify };
    const [without] = Object.entries(other).find(([, it]) => it !== undefined) ?? [];
    const wanted = starttls === undefined ? "--tls" : "--starttls or --tls";
    if (without !== undefined) throw new UsageError(`--${without} says nothing without ${wanted}`);
    return null;
  }
  return { ...(await trustOf(args, ctx)), certDays: certLimitsOf(args).critDays, alpn };
}

/** @throws UsageError, SystemError */
export async function trustOf(
  args: ArgsOf<typeof trustOptions>,
  { ports, signal }: Outside,
): Promise<TlsTrust> {
  const { sni, ca, cert, key } = args;
  const { files } = ports;
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError("--cert and --key belong together: name both files");
  const texts = {
    ca: await readPem(ca, files, signal),
    certificate: await readPem(cert, files, signal),
    key: await readPem(key, files, signal),
  };
  if ((ca ?? cert) !== undefined) await refuseUseless(texts, { ca, cert, key }, ports);
  return {
    serverName: sni ?? null,
    verify: !args["no-verify"],
    files: texts,
    minVersion: VERSIONS[args["tls-min"]],
  };
}

/** What of ours is of no use would look like a fault of the service. @throws UsageError that names the file */
async function refuseUseless(
  texts: TlsTrust["files"],
  { ca, cert, key }: Readonly<Record<"ca" | "cert" | "key", string | undefined>>,
  ports: Pick<Context["ports"], "tryTlsFiles">,
): Promise<void> {
  try {
    await ports.tryTlsFiles(texts);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    const { subject, code, detail } = error;
    const told = (option: string, path: string | undefined, what: string): never => {
      throw new UsageError(`${option} ${path}: ${what} (${detail || code})`, { cause: error });
    };
    if (subject === "ca") told("--ca", ca, "has no certificate that could be read");
    if (subject === "certificate") told("--cert", cert, "has no certificate that could be read");
    if (code === "ERR_OSSL_X509_KEY_VALUES_MISMATCH") told("--key", key, `is not that of ${cert}`);
    const isEncrypted = texts.key?.includes("ENCRYPTED") ?? false;
    told(
      "--key",
      key,
      isEncrypted ? "is encrypted: vipkit asks for no passphrase" : "has no key that could be read",
    );
  }
}

function certDays(given: string): CertDays {
  const [, first, second] = /^(\d{1,6})(?:,(\d{1,6}))?$/.exec(given) ?? [];
  if (first === undefined) return refuse("is neither a number of days nor two, such as 30,14");
  if (second === undefined) return { warnDays: null, days: Number(first) };
  if (Number(first) < Number(second)) refuse("warns only below what is down: write 30,14");
  return { warnDays: Number(first), days: Number(second) };
}

function alpnName(given: string): string {
  return given.length > 0 && given.length < 256 ? given : refuse("has not 1 to 255 bytes");
}

const VERSIONS = { "1.0": "TLSv1", "1.1": "TLSv1.1", "1.2": "TLSv1.2", "1.3": "TLSv1.3" } as const;
