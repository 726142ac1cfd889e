/**
 * The `startTls` port: a TLS client (RFC 8446) over a connection of ours. Certificates are judged here and
 * not by Node, so that whatever is wrong with one has its code and is told in plain words.
 */
import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
import { certificateFault, formatName, parseAltNames } from "../core/certificate.ts";
import { SystemError } from "../core/errors.ts";
import { byteStream, duplexOf } from "./byte-stream.ts";
import type { ByteStream, Limit, TlsOptions, TlsPeer, TlsStream } from "./ports.ts";
import { secureContext } from "./secure-context.ts";
import { cutOff } from "./tcp-stream.ts";

/** @throws SystemError, the reason of `signal`; the connection is closed then */
export async function startTls(
  stream: ByteStream,
  options: TlsOptions,
  signal: Limit,
): Promise<TlsStream> {
  signal.throwIfAborted();
  const below = duplexOf(stream);
  const subject = options.verifyName ?? options.serverName ?? "the server";
  let secure: TLSSocket | undefined;
  try {
    secure = open(below, options, subject);
    await handshake(secure, subject, signal);
    const certificate = secure.getPeerX509Certificate();
    const peer = peerOf(secure, certificate);
    if (options.verifyName !== null) verify(secure, peer, certificate, options.verifyName);
    return Object.assign(
      byteStream(secure, subject, () => cutOff(stream)),
      { peer },
    );
  } catch (error) {
    secure?.destroy();
    below.destroy();
    throw error;
  }
}

function open(below: Duplex, options: TlsOptions, subject: string): TLSSocket {
  const { serverName, alpn } = options;
  try {
    return connect({
      socket: below,
      secureContext: secureContext(options),
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(serverName === null ? {} : { servername: serverName }),
      ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
    });
  } catch (error) {
    throw tlsFailure("set up TLS with", subject, error);
  }
}

function handshake(secure: TLSSocket, subject: string, signal: Limit): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      signal.removeEventListener("abort", abort);
      secure.off("secureConnect", succeed).off("error", fail).off("close", vanish);
      secure.on("error", () => {}); // what comes later is told by reading and writing
      settle();
    };
    const succeed = (): void => end(resolve);
    const abort = (): void => end(() => reject(signal.reason));
    const fail = (error: Error): void =>
      end(() => reject(tlsFailure("handshake with", subject, error)));
    const vanish = (): void => fail(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    secure.on("secureConnect", succeed).on("error", fail).on("close", vanish);
    signal.addEventListener("abort", abort);
  });
}

/** @throws SystemError with the code of what is wrong with the certificate */
function verify(
  secure: TLSSocket,
  peer: TlsPeer,
  certificate: X509Certificate | undefined,
  name: string,
): void {
  const chainFault = secure.authorizationError as unknown; // a code, although declared as an Error
  const code = typeof chainFault === "string" && chainFault !== "" ? chainFault : undefined;
  const found = code ?? (isFor(certificate, name) ? undefined : "ERR_TLS_CERT_ALTNAME_INVALID");
  if (found === undefined) return;
  const validFromMs = timeOf(certificate?.validFrom);
  const detail = certificateFault(found, { ...peer, validFromMs }, name, Date.now());
  throw new SystemError("verify the certificate of", name, found, detail);
}

/** RFC 9525: of names, `*` stands for one whole label alone. */
const isFor = (certificate: X509Certificate | undefined, name: string): boolean =>
  (isIP(name) === 0
    ? certificate?.checkHost(name.replace(/\.$/, ""), { partialWildcards: false })
    : certificate?.checkIP(name)) !== undefined;

function peerOf(secure: TLSSocket, certificate: X509Certificate | undefined): TlsPeer {
  const { alpnProtocol } = secure;
  return {
    protocol: secure.getProtocol() ?? "",
    cipher: secure.getCipher().standardName,
    alpn: typeof alpnProtocol === "string" ? alpnProtocol : null,
    subject: formatName(certificate?.subject ?? ""),
    issuer: formatName(certificate?.issuer ?? ""),
    names: parseAltNames(certificate?.subjectAltName ?? ""),
    validUntilMs: timeOf(certificate?.validTo),
    chainUntilMs: firstEnd(certificate),
  };
}

/** Of the certificate and of the authorities that were shown with it. */
function firstEnd(certificate: X509Certificate | undefined): number | null {
  let firstMs: number | null = null;
  let next = certificate;
  for (let count = 0; next !== undefined && count < MOST_SHOWN; count += 1) {
    const endMs = timeOf(next.validTo);
    if (endMs !== null) firstMs = Math.min(endMs, firstMs ?? endMs);
    next = next.issuerCertificate;
  }
  return firstMs;
}

/** OpenSSL writes `Nov 28 11:14:04 2026 GMT`. */
function timeOf(text: string | undefined): number | null {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? null : ms;
}

/** OpenSSL's own words, without the places in its sources where it says them. */
function tlsFailure(op: string, subject: string, error: unknown): SystemError {
  const { code = "EPROTO", reason = "" } = error as NodeJS.ErrnoException & { reason?: string };
  return new SystemError(op, subject, code, reason, { cause: error });
}

const MOST_SHOWN = 16; // three are usual
