/** Whether an FTP server greets and, where that is wanted, lets a user in. */
import { type FtpWish, ftpScript } from "../../proto/check/ftp-script.ts";
import { ReplyDialogue } from "../../proto/check/reply-dialogue.ts";
import type { PortTarget } from "../../proto/check/targets.ts";
import type { Prober } from "./attempt.ts";
import type { ConnectPlan } from "./connect.ts";
import { dialogueProber, NO_TLS } from "./dialogue.ts";

export const ftpProber = (
  wish: FtpWish,
  plan: ConnectPlan,
  ports: Parameters<typeof dialogueProber>[2],
): Prober<PortTarget> => {
  const begin = () => new ReplyDialogue(ftpScript(wish), "first-and-last");
  return dialogueProber(begin, { ...plan, ...NO_TLS }, ports);
};
