/** TLS for tests of checks without a network: what is planned, and who is at the other end. */
import type { TlsPlan } from "../../src/app/check/tls.ts";
import type { ByteStream, Ports, TlsOptions, TlsPeer } from "../../src/io/ports.ts";

/** Verified, and nothing else is wished for. */
export const TLS_PLAN: TlsPlan = {
  serverName: null,
  verify: true,
  certDays: null,
  files: { ca: null, certificate: null, key: null },
  minVersion: "TLSv1.2",
  alpn: [],
};

export const tlsPeer = (validUntilMs: number): TlsPeer => ({
  protocol: "TLSv1.3",
  cipher: "X",
  alpn: null,
  subject: "CN=a",
  issuer: "CN=b",
  names: ["a"],
  validUntilMs,
  chainUntilMs: validUntilMs,
});

/** A handshake that `peer` lets succeed. @param asked with which options @param secure instead of the stream below */
export const shaking =
  (peer: TlsPeer, asked: TlsOptions[] = [], secure?: ByteStream): Ports["startTls"] =>
  async (plain, options) => {
    asked.push(options);
    const stream = secure ?? plain;
    return {
      peer,
      read: (signal) => stream.read(signal),
      write: (bytes, signal) => stream.write(bytes, signal),
      close: (how) => stream.close(how),
    };
  };
