/** What a TLS handshake that failed says of the service: alerts of RFC 8446 section 6.2, and certificates. */
import type { SystemError } from "../../core/errors.ts";
import { type CheckFinding, down, unknown } from "./result.ts";

/** @returns undefined where the error has nothing to do with TLS */
export function tlsRefusalFinding({ op, code, detail }: SystemError): CheckFinding | undefined {
  if (code.startsWith("ERR_OSSL_"))
    return unknown(`a certificate or key given here is of no use: ${wordsOf(code, "ERR_OSSL_")}`);
  const words = HANDSHAKE[code];
  if (words !== undefined) return down("L6RSP", words);
  if (op === "verify the certificate of") return down("L6RSP", detail);
  const alert = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_ALERT_(.*)$/.exec(code)?.[1];
  if (alert !== undefined) return down("L6RSP", `handshake refused: ${wordsOf(alert, "")}`);
  if (code.startsWith("ERR_SSL_"))
    return down("L6RSP", `handshake failed: ${detail || wordsOf(code, "ERR_SSL_")}`);
  if (code === "EPROTO") return down("L6RSP", `handshake failed${detail && `: ${detail}`}`);
  return undefined;
}

const wordsOf = (code: string, prefix: string): string =>
  code.slice(prefix.length).toLowerCase().replaceAll("_", " ");

/** Those whose own words need an explanation. */
const HANDSHAKE: Readonly<Record<string, string>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: "no TLS is spoken there",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "no TLS is spoken there",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "handshake refused: no common TLS version (see --tls-min)",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "handshake failed: only TLS older than --tls-min is spoken there",
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    "handshake refused: nothing in common (ciphers, versions), or a client certificate is wanted",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "handshake refused: a client certificate is wanted",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA:
    "handshake refused: the issuer of our certificate is not known there",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "handshake refused: our certificate is not accepted there",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: "handshake refused: our certificate has expired",
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: "handshake refused: no such name is served there (SNI)",
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: "handshake refused: none of the --alpn protocols",
  ERR_SSL_NO_APPLICATION_PROTOCOL: "handshake refused: none of the --alpn protocols",
};
