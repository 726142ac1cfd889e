/** Whether a mail server greets, knows us and, where that is wanted, speaks TLS. */
import { ReplyDialogue } from "../../proto/check/reply-dialogue.ts";
import { type SmtpWish, smtpScript } from "../../proto/check/smtp-script.ts";
import type { PortTarget } from "../../proto/check/targets.ts";
import type { Prober } from "./attempt.ts";
import { type DialoguePlan, dialogueProber } from "./dialogue.ts";

export const smtpProber = (
  wish: SmtpWish,
  plan: DialoguePlan,
  ports: Parameters<typeof dialogueProber>[2],
): Prober<PortTarget> =>
  dialogueProber(() => new ReplyDialogue(smtpScript(wish), "every-line"), plan, ports);
