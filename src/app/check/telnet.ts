/** Whether a telnet server prompts. */
import type { PortTarget } from "../../proto/check/targets.ts";
import { TelnetDialogue } from "../../proto/check/telnet-dialogue.ts";
import type { Prober } from "./attempt.ts";
import type { ConnectPlan } from "./connect.ts";
import { dialogueProber, NO_TLS } from "./dialogue.ts";

export const telnetProber = (
  prompt: RegExp,
  plan: ConnectPlan,
  ports: Parameters<typeof dialogueProber>[2],
): Prober<PortTarget> =>
  dialogueProber(() => new TelnetDialogue(prompt), { ...plan, ...NO_TLS }, ports);
