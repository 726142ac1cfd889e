/** The `startTls` port: TLS as a client (RFC 8446) over a connection of ours. */
import { readFileSync } from "node:fs";
import {
  type ConnectionOptions,
  checkServerIdentity,
  connect,
  rootCertificates,
  type TLSSocket,
} from "node:tls";
import { SystemError } from "../core/errors.ts";
import { ByteDuplex } from "./byte-duplex.ts";
import { byteStream } from "./byte-stream.ts";
import type { Ports, TlsOptions, TlsPeer } from "./ports.ts";

export const startTls: Ports["startTls"] = (stream, options, signal) =>
  new Promise((resolve, reject) => {
    const duplex = new ByteDuplex(stream);
    const abort = (): void => fail(signal.reason);
    const fail = (error: unknown): void => {
      signal.removeEventListener("abort", abort);
      duplex.destroy();
      reject(error);
    };
    signal.addEventListener("abort", abort);
    if (signal.aborted) {
      abort();
      return;
    }
    let socket: TLSSocket;
    try {
      socket = connect({ socket: duplex, ...settingsOf(options) });
    } catch (error) {
      fail(told(error as Error)); // a key that is none
      return;
    }
    socket.once("error", (error) => fail(signal.aborted ? signal.reason : told(error)));
    socket.once("secureConnect", () => {
      signal.removeEventListener("abort", abort);
      socket.removeAllListeners("error");
      const secure = byteStream(socket, "the TLS connection");
      const close = (how: "fin" | "rst"): void => {
        duplex.isPolite = how === "fin";
        secure.close("fin");
        if (how === "rst") socket.destroy();
      };
      resolve({ read: secure.read, write: secure.write, close, peer: peerOf(socket) });
    });
  });

function settingsOf(options: TlsOptions): ConnectionOptions {
  const { serverName, verifyName, ca, certificate, key, minVersion, alpn } = options;
  return {
    ...(serverName === null ? {} : { servername: serverName }),
    ...(verifyName === null ? {} : { ca: [...hostCertificates(), ...(ca === null ? [] : [ca])] }),
    ...(certificate === null ? {} : { cert: certificate }),
    ...(key === null ? {} : { key }),
    ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
    minVersion,
    // OpenSSL of today refuses the old versions unless its level says otherwise.
    ...(minVersion < "TLSv1.2" ? { ciphers: "DEFAULT@SECLEVEL=0" } : {}),
    rejectUnauthorized: verifyName !== null,
    checkServerIdentity: (_, peer) => checkServerIdentity(verifyName ?? "", peer),
  };
}

/** Those of the distribution, else Node's own. */
function hostCertificates(): readonly string[] {
  try {
    return [readFileSync(HOST_BUNDLE, "latin1")];
  } catch {
    return rootCertificates;
  }
}

function peerOf(socket: TLSSocket): TlsPeer {
  const { subject, issuer, subjectaltname = "", valid_to } = socket.getPeerCertificate();
  const untilMs = Date.parse(valid_to ?? "");
  return {
    protocol: socket.getProtocol() ?? "",
    cipher: socket.getCipher().name,
    alpn: typeof socket.alpnProtocol === "string" ? socket.alpnProtocol : null,
    subject: `${subject?.CN ?? ""}`,
    issuer: `${issuer?.CN ?? ""}`,
    names: subjectaltname.split(", ").filter((name) => name !== ""),
    validUntilMs: Number.isNaN(untilMs) ? null : untilMs,
  };
}

function told(error: Error): SystemError {
  if (error instanceof SystemError) return error;
  const { code = "EPROTO" } = error as NodeJS.ErrnoException;
  const words = "reason" in error ? `${error.reason}` : error.message;
  return new SystemError("handshake", "with the server", code, words, { cause: error });
}

const HOST_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
