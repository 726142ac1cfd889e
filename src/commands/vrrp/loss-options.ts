/** The options of `vrrp run` about addresses that somebody else takes away. */
import type { VrrpInstance } from "../../app/vrrp/instance.ts";
import { UsageError } from "../../core/errors.ts";
import { type ArgsOf, choice, integer } from "../option.ts";

export const lossOptions = {
  "on-loss": choice(["restore", "release", "fault"], {
    default: "restore",
    describe: "When somebody else takes an address away: put it back, be BACKUP, or FAULT",
  }),
  "loss-limit": integer({
    value: "N",
    min: 1,
    max: 1000,
    describe: "Put it back so many times in a minute, then FAULT; 10 if not given",
  }),
};

/** @throws UsageError */
export function lossPolicyOf(
  args: ArgsOf<typeof lossOptions>,
): Pick<VrrpInstance["config"], "onLoss" | "lossLimit"> {
  const [onLoss, lossLimit] = [args["on-loss"], args["loss-limit"]];
  if (lossLimit !== undefined && onLoss !== "restore") {
    throw new UsageError(`--loss-limit and --on-loss ${onLoss} clash: nothing is put back`);
  }
  return { onLoss, lossLimit: lossLimit ?? 10 };
}
