/** The options of `vrrp run` that name programs to be run when something happens. */
import type { VrrpHooks } from "../../app/vrrp/hooks.ts";
import { hook } from "../hook-option.ts";
import type { ArgsOf } from "../option.ts";

export const hookOptions = {
  "on-master": hook("when MASTER"),
  "on-backup": hook("when BACKUP"),
  "on-fault": hook("when FAULT"),
  "on-stop": hook("at the end"),
  "on-change": hook("at every transition"),
  "on-conflict": hook("when somebody else has the addresses too, and when not any more"),
};

export const hooksOf = (args: ArgsOf<typeof hookOptions>): VrrpHooks => ({
  ...(args["on-master"] && { master: args["on-master"] }),
  ...(args["on-backup"] && { backup: args["on-backup"] }),
  ...(args["on-fault"] && { fault: args["on-fault"] }),
  ...(args["on-stop"] && { stop: args["on-stop"] }),
  ...(args["on-conflict"] && { conflict: args["on-conflict"] }),
  ...(args["on-change"] && { change: args["on-change"] }),
});
