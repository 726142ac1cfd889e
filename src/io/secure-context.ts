/** What a TLS client trusts and shows: made once for many connections, because to read all authorities takes 10 ms. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContext } from "node:tls";
import { SystemError } from "../core/errors.ts";
import type { TlsFiles, TlsOptions } from "./ports.ts";

/** @throws what OpenSSL says of PEM texts that are none, or of a key of another certificate */
export function secureContext(options: TlsOptions): SecureContext {
  const { verifyName, ca, certificate, key, minVersion } = options;
  const isVerified = verifyName !== null;
  const wanted = [isVerified, ca, certificate, key, minVersion];
  if (last?.wanted.every((it, n) => it === wanted[n])) return last.context;
  const context = createSecureContext({
    minVersion,
    ...(isVerified ? trusted(ca) : { ca: [] }),
    ...(certificate === null ? {} : { cert: certificate }),
    ...(key === null ? {} : { key }),
    // OpenSSL 3 has no ciphers for the old versions above this level.
    ...(minVersion < "TLSv1.2" ? { ciphers: "DEFAULT@SECLEVEL=0" } : {}),
  });
  last = { wanted, context };
  return context;
}

/** See `Ports.tryTlsFiles`: before anybody is asked, for a mistake of ours is no fault of theirs. */
export function tryTlsFiles({ ca, certificate, key }: TlsFiles): void {
  const cert = certificate ?? undefined;
  attempt("ca", () => ca === null || new X509Certificate(ca)); // a context would pass over it
  attempt("certificate", () => createSecureContext({ cert }));
  attempt("key", () => createSecureContext({ cert, key: key ?? undefined }));
}

function attempt(part: keyof TlsFiles, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    const { code = "EPROTO", reason = "" } = error as NodeJS.ErrnoException & { reason?: string };
    throw new SystemError("use", part, code, reason, { cause: error });
  }
}

/** Those of the host, or those that Node brings along where it has none. */
function trusted(ca: string | null): { readonly ca?: string[] } {
  const own = hostAuthorities();
  if (own !== undefined) return { ca: ca === null ? [own] : [own, ca] };
  return ca === null ? {} : { ca: [ca] };
}

function hostAuthorities(): string | undefined {
  const { SSL_CERT_FILE: chosen } = process.env; // as OpenSSL's own programs have it
  for (const path of chosen === undefined ? BUNDLES : [chosen]) {
    try {
      return readFileSync(path, "utf8");
    } catch {
      // the next one
    }
  }
  return undefined;
}

let last: { readonly wanted: readonly unknown[]; readonly context: SecureContext } | undefined;

/** Debian and Alpine, Red Hat, SUSE. */
const BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/var/lib/ca-certificates/ca-bundle.pem",
];
