/** HMAC-SHA256 (RFC 2104, FIPS 180-4) by OpenSSL. */
import type { createHmac } from "node:crypto";
import { requirePackage } from "./native.ts";

/** Loads its package at the first use: it takes 3 ms and a megabyte, and most routers sign nothing. @returns 32 bytes */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const crypto = requirePackage("node:crypto") as { readonly createHmac: typeof createHmac };
  return crypto.createHmac("sha256", key).update(message).digest();
}
