/** What the signature of an advert says to somebody who has the keys. */
import type { SeenVrrp } from "../../core/dissect/seen.ts";
import type { HmacRejection, HmacVerifier } from "../vrrp/hmac.ts";
import type { Level, Reason } from "./reason.ts";

/** @returns undefined where the signature is right, or nobody has keys */
export function hmacFlaw(
  verifier: HmacVerifier | null,
  { message, source, vrrp }: SeenVrrp,
  wallMs: number,
): Reason | undefined {
  if (verifier === null || vrrp.cutBytes > 0) return undefined;
  const code = verifier.judge(message, source, wallMs);
  if (code === undefined) return undefined;
  const [level, text] = WORDS[code];
  return { code, level, text };
}

const WORDS: Readonly<Record<HmacRejection, readonly [Level, string]>> = {
  "hmac-missing": ["warn", "not signed"],
  "hmac-malformed": ["bad", "HMAC trailer malformed"],
  "hmac-stale": ["bad", "HMAC stale: an old recording, or clocks disagree"],
  "hmac-unknown-key": ["bad", "HMAC key unknown"],
  "hmac-mismatch": ["bad", "HMAC mismatch"],
  "hmac-replayed": ["bad", "HMAC replayed"],
};
