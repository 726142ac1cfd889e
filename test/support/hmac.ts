/** Keys for tests, and keepalived's signed adverts taken out of their frames. */
import { hmacSha256 } from "../../src/io/hmac.ts";
import type { HmacKey, HmacSettings } from "../../src/proto/vrrp/hmac.ts";
import { HMAC_ADVERTS, HMAC_KEYS } from "../vectors/hmac.ts";
import { fromHex, ipv4In, ipv6In } from "./packets.ts";

export const hmacKey = (id: number, secret: Uint8Array | string): HmacKey => ({
  id,
  mac: (message) =>
    hmacSha256(typeof secret === "string" ? new TextEncoder().encode(secret) : secret, message),
});

/** The keys of the captures. */
export const KEY_1 = hmacKey(1, fromHex(HMAC_KEYS[1]));
export const KEY_7 = hmacKey(7, HMAC_KEYS[7]);

export const hmacSettings = (changes: Partial<HmacSettings> = {}): HmacSettings => ({
  mode: "enforce",
  keys: [KEY_1, KEY_7],
  active: KEY_1,
  windowMs: 5000,
  ...changes,
});

/** One packet for each of them: where it came from, where it went, and the advert with its trailer. */
export const KEEPALIVED_ADVERTS = Object.entries(HMAC_ADVERTS).flatMap(([name, frames]) =>
  frames.map((frame) => {
    const { source, destination, payload } = name === "v3Ip6" ? ipv6In(frame) : ipv4In(frame);
    return { name, source, destination, message: payload };
  }),
);
