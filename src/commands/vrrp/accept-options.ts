/** The options of `vrrp run` that decide whether its host takes packets for the virtual addresses. */
import { UsageError } from "../../core/errors.ts";
import { type ArgsOf, flag } from "../option.ts";

export const acceptOptions = {
  accept: flag({
    describe: "Take packets for the virtual addresses, the default without --strict",
  }),
  "no-accept": flag({
    describe: "Drop what is for them and would end on this host; answer neighbours all the same",
  }),
};

/**
 * RFC 9568 section 6.1 has Accept_Mode False unless it is configured, RFC 3768 knows no other; people who
 * run services on the addresses need True, as keepalived has it. @throws UsageError
 */
export function acceptOf(
  args: ArgsOf<typeof acceptOptions> & { readonly strict: boolean; readonly priority: number },
): boolean {
  if (args.accept && args["no-accept"]) throw new UsageError("--accept and --no-accept clash");
  if (args["no-accept"] && args.priority === 255) {
    throw new UsageError("--no-accept and --priority 255 clash: an owner takes what is for it");
  }
  return args.accept || !(args["no-accept"] || args.strict);
}
