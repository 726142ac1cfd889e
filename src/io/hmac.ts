/** HMAC-SHA256 (RFC 2104, FIPS 180-4) by OpenSSL. */
import { createHmac } from "node:crypto";

/** @returns 32 bytes */
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  createHmac("sha256", key).update(message).digest();
