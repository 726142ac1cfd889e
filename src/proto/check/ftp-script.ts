/** How an FTP server is checked: its greeting and, where a user is named, a login and NOOP (RFC 959 section 5.4). */
import { excerpt } from "./dialogue.ts";
import { ask, type ReplyScript, refusedReply } from "./reply-dialogue.ts";
import { down, up } from "./result.ts";

export interface FtpWish {
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly expect: RegExp | null; // that its greeting must have
}

export function* ftpScript({ login, expect }: FtpWish): ReplyScript {
  let greeting = yield* ask(null, "the greeting");
  if (greeting.code === 120) greeting = yield* ask(null, "the greeting behind 120");
  if (greeting.code !== 220) return refusedReply(greeting, "the connection is");
  const banner = greeting.lines.join("\n");
  if (expect !== null && !expect.test(banner))
    return down("L7STS", `another greeting: ${excerpt(banner)}`, { banner });
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
