/** Certificates of X.509 (RFC 5280) as OpenSSL words them, and what is wrong with one, in plain words. */
import { counted } from "./counted.ts";

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[]; // whom it is for
  readonly validFromMs: number | null; // milliseconds since 1970
  readonly validUntilMs: number | null;
}

/**
 * @param code of OpenSSL's verification (X509_V_ERR_*, without that), or Node's for another name
 * @param name that it should be for @param wallMs now, since 1970
 */
export function certificateFault(
  code: string,
  { subject, issuer, names, validFromMs, validUntilMs }: CertificateFacts,
  name: string,
  wallMs: number,
): string {
  const of = subject === "" ? "" : ` of ${subject}`;
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return validUntilMs === null || validUntilMs > wallMs
        ? "a certificate that vouches for it has expired"
        : `certificate expired ${daysText(wallMs - validUntilMs)} ago`;
    case "CERT_NOT_YET_VALID":
      return validFromMs === null || validFromMs < wallMs
        ? "a certificate that vouches for it is not valid yet"
        : `certificate is not valid before ${daysText(validFromMs - wallMs)} from now`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `certificate is for ${namesText(names, subject)} and not for ${name}`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return `certificate${of} is self-signed`;
    case "SELF_SIGNED_CERT_IN_CHAIN":
      return "certificate comes from an authority of its own, which is not trusted here";
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return `certificate comes from an issuer that is not known here: ${issuer}`;
    case "CERT_REVOKED":
      return `certificate${of} was revoked`;
    default:
      return `certificate${of} is not accepted: ${code.toLowerCase().replaceAll("_", " ")}`;
  }
}

/** `3 days`, or hours below two days. */
export function daysText(ms: number): string {
  const [number, unit] = ms < 2 * DAY_MS ? [ms / HOUR_MS, "hour"] : [ms / DAY_MS, "day"];
  return counted(Math.floor(number), unit);
}

/** `CN=a` and `O=b` on lines of their own become `CN=a, O=b`. */
export const formatName = (lines: string): string => lines.split("\n").join(", ");

/** `DNS:a.example, IP Address:192.0.2.1` without the kinds; one in quotes stays whole. */
export function parseAltNames(text: string): string[] {
  const names = text.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  return names.map((name) => name.trim().replace(/^(DNS|IP Address|URI|email):/, ""));
}

function namesText(names: readonly string[], subject: string): string {
  if (names.length === 0) return subject === "" ? "nobody" : subject;
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
}

const MOST_NAMES = 3;
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
