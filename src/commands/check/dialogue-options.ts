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

/** A regular expression of ECMAScript. */
export function pattern(text: string): RegExp {
  try {
    return new RegExp(text, "u");
  } catch (error) {
    return refuse(`is no regular expression: ${(error as Error).message}`);
  }
}

/** What is said as one word of a line. */
export function word(text: string): string {
  return /^[\x21-\x7e]{1,255}$/.test(text) ? text : refuse("is no word of ASCII");
}

export const UP_OR_DOWN = {
  0: "All are up, or as many as --at-least wants.",
  1: "Too few are up.",
  2: "Could not find out.",
} as const;
