/** Whether an FTP server greets and, where that is wanted, speaks TLS and lets a user in. */
import { type FtpWish, ftpScript } from "../../proto/check/ftp-script.ts";
import { ReplyDialogue } from "../../proto/check/reply-dialogue.ts";
import type { PortTarget } from "../../proto/check/targets.ts";
import type { Prober } from "./attempt.ts";
import { type DialoguePlan, dialogueProber } from "./dialogue.ts";

export const ftpProber = (
  wish: FtpWish,
  plan: DialoguePlan,
  ports: Parameters<typeof dialogueProber>[2],
): Prober<PortTarget> =>
  dialogueProber(() => new ReplyDialogue(ftpScript(wish), "first-and-last"), plan, ports);
