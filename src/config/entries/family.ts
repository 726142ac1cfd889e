/** `inet` and `inet6` of routes and rules: what family an entry is of whose addresses do not tell. */
import { FAMILY_EATS_WORD } from "../codes/values.ts";
import { type Argument, keyword } from "../keyword.ts";

const family: Argument<true> = {
  usage: "",
  read(reading) {
    const next = reading.peek();
    if (next !== undefined) {
      const { text, span } = reading.keyword;
      const message = `keepalived skips '${next.text}', the word behind '${text}'`;
      const help = `write ${text} at the end of the line`;
      reading.refuse(FAMILY_EATS_WORD, span, message, { help });
    }
    return true;
  },
};

export const FAMILY = {
  inet: keyword("Makes it one of IPv4", family),
  inet6: keyword("Makes it one of IPv6", family),
} as const;
