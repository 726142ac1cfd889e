/** Names a content by its SHA-256 (FIPS 180-4), as a Content-Security-Policy does. */
import type { createHash } from "node:crypto";
import { requirePackage } from "./native.ts";

/** `sha256-` and base64. Loads its package at the first use. */
export function contentHash(text: string): string {
  const crypto = requirePackage("node:crypto") as { readonly createHash: typeof createHash };
  return `sha256-${crypto.createHash("sha256").update(text).digest("base64")}`;
}
