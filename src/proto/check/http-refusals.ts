/** What a broken conversation in HTTP says of the service: by the codes of llhttp, nghttp2 and OpenSSL. */
import type { SystemError } from "../../core/errors.ts";
import { refusalFinding } from "./refusals.ts";
import { type CheckFinding, type CheckPhase, down } from "./result.ts";

/** @param phase in which it was broken */
export function httpRefusal(error: SystemError, phase: CheckPhase | null): CheckFinding {
  const { code, detail } = error;
  if (code === "no-http2") return down("L6RSP", "TLS: the server did not choose HTTP/2 (ALPN)");
  const words = BROKEN[code];
  if (words !== undefined) return down("L7RSP", words);
  const finding = refusalFinding(error, phase);
  if (finding.verdict !== "unknown" || phase === "dns" || phase === "connect") return finding;
  // A server may refuse our certificate only after the handshake (RFC 8446 section 4.4.2.4).
  if (phase === "tls" || code.startsWith("ERR_SSL_"))
    return finding.class === "L6RSP" ? finding : down("L6RSP", `TLS: ${detail || code}`);
  if (code.startsWith("HPE_")) return down("L7RSP", `broken answer: ${detail || code}`);
  if (code.startsWith("ERR_HTTP2_")) return down("L7RSP", `broken HTTP/2: ${detail || code}`);
  return finding;
}

const BROKEN: Readonly<Record<string, string>> = {
  "no-answer": "connection closed without an answer",
  "cut-off": "connection cut off within the answer",
  HPE_HEADER_OVERFLOW: "header of the answer is longer than 64 KiB",
  HPE_INVALID_CHUNK_SIZE: "bad chunked encoding",
  HPE_INVALID_EOF_STATE: "connection cut off within the answer",
};
