/** The option of `vrrp run` for the lifetime of held addresses. */
import type { LeaseWish } from "../../app/vrrp/instance.ts";
import { parseDurationMs } from "../../core/duration.ts";
import { refuse, value } from "../option.ts";

export const leaseOptions = {
  lease: value(
    {
      value: "auto|off|DUR",
      default: "auto",
      describe: "Lifetime that the kernel gives held addresses, renewed with each advert",
    },
    parseLease,
  ),
};

function parseLease(given: string): LeaseWish {
  if (given === "auto") return "auto";
  if (given === "off") return null;
  const parsed = parseDurationMs(given);
  if (!("ms" in parsed)) return refuse(`is neither auto nor off nor a duration: ${parsed.reason}`);
  return parsed.ms % 1000 === 0
    ? parsed.ms / 1000
    : refuse("is refused: the kernel counts lifetimes in whole seconds");
}
