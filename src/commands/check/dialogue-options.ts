/** Options of the checks that hold a conversation: smtp, ftp, telnet. */
import type { ConnectPlan } from "../../app/check/connect.ts";
import { type ArgsOf, flag, refuse } from "../option.ts";
import { wantedFamily } from "../options.ts";
import { checkOptions, leaveByOf, sourceOptions } from "./check-options.ts";

export const dialogueOptions = {
  ...checkOptions,
  ...sourceOptions,
  first: flag({ describe: "Of a name's addresses ask the first alone" }),
};

export const connectPlanOf = (args: ArgsOf<typeof dialogueOptions>): ConnectPlan => ({
  ...leaveByOf(args),
  family: wantedFamily(args),
  firstOnly: args.first,
});

/** What is said as one word of a line. */
export function word(text: string): string {
  return /^[\x21-\x7e]{1,255}$/.test(text) ? text : refuse("is no word of ASCII");
}
