/** How an FTP server is checked: its greeting, TLS where that is wanted, a login and NOOP (RFC 959, RFC 4217). */
import { excerpt } from "./dialogue.ts";
import { ask, bannerOf, goOverToTls, type ReplyScript, refusedReply } from "./reply-dialogue.ts";
import { down, up } from "./result.ts";

export interface FtpWish {
  readonly startTls: boolean;
  readonly login: { readonly user: string; readonly password: string } | null; // null: nobody's
  readonly expect: RegExp | null; // that its greeting must have
}

export function* ftpScript({ startTls, login, expect }: FtpWish): ReplyScript {
  let greeting = yield* ask(null, "the greeting");
  if (greeting.code === 120) greeting = yield* ask(null, "the greeting behind 120");
  const banner = bannerOf(greeting, expect);
  if (typeof banner !== "string") return banner;
  if (startTls) {
    const refusal = yield* goOverToTls("AUTH TLS", 234, { banner });
    if (refusal !== undefined) return refusal;
  }
  if (login === null) return up("L7OK", excerpt(banner), { banner, login: false });
  let welcome = yield* ask(`USER ${login.user}`, "the reply to USER");
  if (welcome.code === 331) welcome = yield* ask(`PASS ${login.password}`, "the reply to PASS");
  if (welcome.code === 332) return down("L7STS", "the login wants an account too", { banner });
  if (welcome.code !== 230 && welcome.code !== 202)
    return refusedReply(welcome, "the login is", { banner });
  const still = yield* ask("NOOP");
  if (still.code !== 200) return refusedReply(still, "NOOP", { banner });
  return up("L7OK", `logged in: ${excerpt(banner)}`, { banner, login: true });
}
