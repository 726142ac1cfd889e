/** The blocks `authentication` (RFC 2338) and `auth_hmac` of vrrp_instance. */

import { parseSecret } from "../../core/key-file.ts";
import { integer, oneOf, oneWord } from "../arguments.ts";
import { BAD_KEY, PASSWORD_CUT } from "../codes/values.ts";
import { type Argument, acting, keyword, keywords } from "../keyword.ts";

/** At most eight bytes. */
const password: Argument<Uint8Array> = oneWord("PASSWORD", (word, reading) => {
  const bytes = new TextEncoder().encode(word.text);
  if (bytes.length > 8) {
    const message = `the password has ${bytes.length} bytes: those behind the eighth are cut off`;
    reading.refuse(PASSWORD_CUT, word.span, message);
  }
  return bytes.slice(0, 8);
});

export const AUTHENTICATION = acting("up", {
  auth_type: keyword("Kind of authentication, of VRRP version 2 alone", oneOf("PASS", "AH"), {
    default: "none",
  }),
  auth_pass: keyword("Password that all routers share", password),
} as const);

/** A key of auth_hmac. */
export interface HmacKey {
  readonly id: number;
  readonly secret: { readonly bytes: Uint8Array } | { readonly path: string };
}

const hmacKey: Argument<HmacKey> = {
  usage: "ID TEXT|hex:DIGITS|file:PATH",
  read(reading) {
    const id = integer(1, 255).read(reading);
    const secret = keySecret.read(reading);
    return id === undefined || secret === undefined ? undefined : { id, secret };
  },
};

const keySecret: Argument<HmacKey["secret"]> = oneWord("SECRET", (word, reading) => {
  if (word.text.startsWith("file:")) return { path: word.text.slice("file:".length) };
  const bytes = parseSecret(word.text);
  if (typeof bytes !== "string") return { bytes };
  return reading.refuse(BAD_KEY, word.span, bytes);
});

export const AUTH_HMAC = acting(
  "up",
  {
    key: keywords("Key by which adverts are signed or verified", hmacKey),
    active_key: keyword("Key by which own adverts are signed", integer(1, 255)),
    time_window: keyword("Age at which an advert is too old", integer(1, 300), {
      unit: "s",
      default: "3 times advert_int, at least 5",
    }),
    anti_replay: keyword("How a repeated advert is told", oneOf("time", "monotonic"), {
      default: "time",
    }),
    mode: keyword(
      "Whether adverts without a signature count, and whether own ones have one",
      oneOf("enforce", "permissive", "receive-only"),
      { default: "enforce" },
    ),
  } as const,
  ["anti_replay"],
);
