/** How a mail server is checked: its greeting, EHLO or HELO, and TLS where that is wanted (RFC 5321, RFC 3207). */
import { excerpt } from "./dialogue.ts";
import {
  ask,
  bannerOf,
  goOverToTls,
  type ReplyScript,
  type ReplyStep,
  refusedReply,
} from "./reply-dialogue.ts";
import type { Reply } from "./reply-reader.ts";
import { down, up } from "./result.ts";

export interface SmtpWish {
  readonly helo: string; // the name that we say is ours
  readonly startTls: boolean;
  readonly expect: RegExp | null; // that its greeting must have
}

export function* smtpScript({ helo, startTls, expect }: SmtpWish): ReplyScript {
  const banner = bannerOf(yield* ask(null, "the greeting"), expect);
  if (typeof banner !== "string") return banner;
  let hello = yield* greet(helo);
  let extensions = extensionsOf(hello.reply);
  if (hello.reply.code !== 250) return refusedReply(hello.reply, hello.command, { banner });
  if (startTls) {
    if (!extensions.includes("STARTTLS"))
      return down("L7STS", "STARTTLS is not offered", { banner, extensions });
    const refusal = yield* goOverToTls("STARTTLS", 220, { banner });
    if (refusal !== undefined) return refusal;
    hello = yield* greet(helo); // what was said before does not count (RFC 3207 section 4.2)
    extensions = extensionsOf(hello.reply);
    if (hello.reply.code !== 250) return refusedReply(hello.reply, hello.command, { banner });
  }
  return up("L7OK", excerpt(banner), { banner, hello: hello.command, extensions });
}

/** By the older way where the newer one is not known (RFC 5321 section 3.2). */
function* greet(
  helo: string,
): Generator<ReplyStep, { readonly command: "EHLO" | "HELO"; readonly reply: Reply }, Reply> {
  const reply = yield* ask(`EHLO ${helo}`, "the reply to EHLO");
  if (!UNKNOWN_COMMAND.has(reply.code)) return { command: "EHLO", reply };
  return { command: "HELO", reply: yield* ask(`HELO ${helo}`, "the reply to HELO") };
}

/** Their keywords, of the lines behind the first. */
const extensionsOf = ({ lines }: Reply): readonly string[] =>
  lines.slice(1).map((line) => (line.split(" ")[0] ?? "").toUpperCase());

const UNKNOWN_COMMAND: ReadonlySet<number> = new Set([500, 501, 502, 504, 550]);
