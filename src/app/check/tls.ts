/** A TLS handshake as a part of a check, and what is told of it. */
import type { ByteStream, Ports, TlsOptions, TlsPeer, TlsStream } from "../../io/ports.ts";
import { certDaysLeft, certificateAgeFinding } from "../../proto/check/certificate-age.ts";
import { type CheckFinding, down } from "../../proto/check/result.ts";
import type { HostTarget } from "../../proto/check/targets.ts";
import type { Attempt } from "./attempt.ts";

export interface TlsPlan {
  readonly serverName: string | null; // null: the host's name
  readonly verify: boolean;
  readonly certDays: number | null; // for so long it must still be good
  readonly files: Pick<TlsOptions, "ca" | "certificate" | "key">;
  readonly minVersion: TlsOptions["minVersion"];
  readonly alpn: readonly string[]; // one of them must be agreed on, where there are some
}

/** @throws SystemError */
export async function shakeHands(
  stream: ByteStream,
  { host, ip }: HostTarget,
  plan: TlsPlan,
  attempt: Attempt,
  ports: Pick<Ports, "startTls">,
): Promise<TlsStream> {
  attempt.enter("tls");
  const name = plan.serverName ?? host;
  const options: TlsOptions = {
    serverName: plan.serverName ?? (ip === null ? host : null), // RFC 6066: an address is no SNI
    verifyName: plan.verify ? name : null,
    ...plan.files,
    minVersion: plan.minVersion,
    alpn: plan.alpn,
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
  if (certDays === null) return undefined;
  return certificateAgeFinding(peer.validUntilMs, wallMs, certDays);
}

export const tlsFacts = (peer: TlsPeer, wallMs: number): CheckFinding["facts"] => ({
  tls_version: peer.protocol,
  tls_cipher: peer.cipher,
  alpn: peer.alpn,
  cert_subject: peer.subject,
  cert_issuer: peer.issuer,
  cert_names: peer.names.slice(0, MOST_NAMES),
  cert_days: certDaysLeft(peer.validUntilMs, wallMs),
});

/** `TLSv1.3, certificate good for 89 days`. */
export function tlsText(peer: TlsPeer, wallMs: number): string {
  const days = certDaysLeft(peer.validUntilMs, wallMs);
  const left = days === null ? "" : `, certificate good for ${days} days`;
  return `${peer.protocol}${left}${peer.alpn === null ? "" : `, ${peer.alpn}`}`;
}

const MOST_NAMES = 20;
