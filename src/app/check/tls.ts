/** A TLS handshake as a part of a check, and what is told of it. */
import { parseIp } from "../../core/addr.ts";
import type {
  ByteStream,
  Ports,
  TlsFiles,
  TlsOptions,
  TlsPeer,
  TlsStream,
} from "../../io/ports.ts";
import {
  certDaysLeft,
  certificateAgeFinding,
  lastsText,
} from "../../proto/check/certificate-age.ts";
import { type CheckFinding, down } from "../../proto/check/result.ts";
import type { Attempt } from "./attempt.ts";

/** Whom we believe, and who we are. */
export interface TlsTrust {
  readonly serverName: string | null; // null: the host's name
  readonly verify: boolean;
  readonly files: TlsFiles;
  readonly minVersion: TlsOptions["minVersion"];
}

export interface TlsPlan extends TlsTrust {
  readonly certDays: number | null; // for so long it must still be good
  readonly alpn: readonly string[]; // one of them must be agreed on, where there are some
}

/** @throws SystemError */
export async function shakeHands(
  stream: ByteStream,
  host: string,
  { serverName, verify, files, minVersion, alpn }: TlsTrust & Pick<TlsPlan, "alpn">,
  attempt: Attempt,
  ports: Pick<Ports, "startTls">,
): Promise<TlsStream> {
  attempt.enter("tls");
  const name = serverName ?? host;
  const isAddress = parseIp(name) !== undefined; // which is no SNI (RFC 6066 section 3)
  const options: TlsOptions = {
    serverName: isAddress ? null : name,
    verifyName: verify ? name : null,
    ...files,
    minVersion,
    alpn,
  };
  return await ports.startTls(stream, options, attempt.signal);
}

/** What the handshake leaves to be wished for. */
export function tlsFinding(
  peer: TlsPeer,
  { certDays, alpn }: TlsPlan,
  wallMs: number,
): CheckFinding | undefined {
  if (alpn.length > 0 && peer.alpn === null)
    return down("L6RSP", `none of the protocols ${alpn.join(", ")} is spoken there (ALPN)`);
  return certDays === null ? undefined : certificateAgeFinding({ ...peer, wallMs }, certDays);
}

export const tlsFacts = (peer: TlsPeer, wallMs: number): CheckFinding["facts"] => ({
  tls_version: peer.protocol,
  tls_cipher: peer.cipher,
  alpn: peer.alpn,
  cert_subject: peer.subject,
  cert_issuer: peer.issuer,
  cert_names: peer.names.slice(0, MOST_NAMES),
  cert_days: certDaysLeft(peer.validUntilMs, wallMs),
  cert_expires_ms: peer.validUntilMs,
  chain_expires_ms: peer.chainUntilMs,
});

/** `TLSv1.3, certificate good for 89 days`. */
export function tlsText(peer: TlsPeer, wallMs: number): string {
  const { validUntilMs } = peer;
  const left = validUntilMs === null ? "" : `, ${lastsText(validUntilMs - wallMs)}`;
  return `${peer.protocol}${left}${peer.alpn === null ? "" : `, ${peer.alpn}`}`;
}

const MOST_NAMES = 20;
